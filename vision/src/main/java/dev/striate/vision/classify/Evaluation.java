package dev.striate.vision.classify;

import dev.striate.data.batch.Batch;
import dev.striate.data.batch.Loader;
import dev.striate.data.batch.Loading;
import dev.striate.data.batch.Preparation;
import dev.striate.data.picture.Affine;
import dev.striate.data.picture.Varied;
import dev.striate.data.set.DataSet;
import dev.striate.recipe.Views;
import dev.striate.vision.Inference;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/// How a classifier did on labelled pictures.
///
/// @param accuracyByDepth where the classes have a tree, for each depth the share of the pictures with a class there or
/// below that were taken for it or one below; else empty
/// @param loss the mean cross entropy
/// @param confusion how often a picture of class (row) was taken for class (column), in a tree at the row's depth
/// @param mistakes the wrong answers given with the highest probability, the worst first
public record Evaluation(double accuracy, List<Double> accuracyByDepth, double topFive, double loss,
        double picturesPerSecond, int pictures, List<String> labels, int[][] confusion, List<Mistake> mistakes) {
    private static final int BATCH = 128;
    private static final int MISTAKES = 24;

    /// A picture, by its place in the set, taken for `guess` instead of `truth` with this probability.
    public record Mistake(int index, int truth, int guess, double probability) {}

    /// Measures on all pictures of a set, once, as prediction would see them.
    static Evaluation of(Inference inference, Reading reading, Preparation preparation, DataSet pictures) {
        return of(inference, reading, preparation, pictures, new Views.One());
    }

    /// Measures by several views of each picture, whose probabilities are averaged.
    static Evaluation of(Inference inference, Reading reading, Preparation preparation, DataSet pictures,
            Views views) {
        var classes = pictures.classes().size();
        var tally = new Tally(pictures, reading);
        var viewed = new Viewed(pictures, preparation, views);
        var each = viewed.viewsOfEach();
        var loading = Loading.evaluation(each * Math.clamp(BATCH / each, 1, Math.max(1, pictures.size())));
        var start = System.nanoTime();
        try (var loader = Loader.of(viewed, preparation, (picture, _) -> new Varied(picture, Affine.IDENTITY),
                loading)) {
            while (loader.hasNext()) {
                try (var batch = loader.next()) {
                    var logits = inference.run(batch.pixels(), batch.size()).main();
                    tally.add(each == 1 ? logits : averaged(logits, reading, classes, each), places(batch, each));
                }
            }
        }
        var seconds = (System.nanoTime() - start) / 1e9;
        return new Evaluation(tally.right / (double) tally.seen, tally.accuracyByDepth(),
                tally.inFive / (double) tally.seen, tally.loss / tally.seen, tally.seen / seconds, tally.seen,
                pictures.classes(),
                tally.confusion, tally.worst());
    }

    /// Logits that give the mean of the views' probabilities.
    private static float[] averaged(float[] logits, Reading reading, int classes, int each) {
        var means = new float[logits.length / each];
        for (var i = 0; i < means.length / classes; i++) {
            var sums = new double[classes];
            for (var view = 0; view < each; view++) {
                var from = (i * each + view) * classes;
                var probabilities = reading.probabilities(Arrays.copyOfRange(logits, from, from + classes));
                for (var k = 0; k < classes; k++) sums[k] += probabilities[k];
            }
            for (var k = 0; k < classes; k++) {
                means[i * classes + k] = (float) Math.log(Math.max(sums[k] / each, Double.MIN_VALUE));
            }
        }
        return means;
    }

    /// Where in the set a batch's pictures are, of which each is there in so many views.
    private static int[] places(Batch batch, int each) {
        return IntStream.range(0, batch.size() / each).map(i -> batch.indices()[i * each] / each).toArray();
    }

    private static final class Tally {
        private final DataSet pictures;
        private final Reading reading;
        private final int[] seenAtDepth;
        private final int[] rightAtDepth;
        private final int classes;
        private final int[][] confusion;
        private int seen;
        private int right;
        private int inFive;
        private double loss;
        private final PriorityQueue<Mistake> mistakes = new PriorityQueue<>(
                Comparator.comparingDouble(Mistake::probability));

        Tally(DataSet pictures, Reading reading) {
            this.pictures = pictures;
            this.reading = reading;
            var depths = reading.tree().map(tree -> tree.deepest() + 1).orElse(0);
            seenAtDepth = new int[depths];
            rightAtDepth = new int[depths];
            classes = pictures.classes().size();
            confusion = new int[classes][classes];
        }

        void add(float[] logits, int[] indices) {
            for (var i = 0; i < indices.length; i++) {
                var label = pictures.label(indices[i]);
                var own = Arrays.copyOfRange(logits, i * classes, (i + 1) * classes);
                var verdict = reading.verdict(own, label);
                var guess = verdict.guess();
                seen++;
                confusion[label][guess]++;
                if (guess == label) right++;
                if (verdict.ahead() < 5) inFive++;
                loss += verdict.loss();
                reading.tree().ifPresent(tree -> byDepth(tree.path(label), tree.path(guess)));
                if (guess != label) mistaken(new Mistake(indices[i], label, guess, verdict.probability()));
            }
        }

        private void byDepth(int[] truth, int[] guess) {
            for (var depth = 0; depth < truth.length; depth++) {
                seenAtDepth[depth]++;
                if (depth < guess.length && guess[depth] == truth[depth]) rightAtDepth[depth]++;
            }
        }

        List<Double> accuracyByDepth() {
            return IntStream.range(0, seenAtDepth.length)
                    .mapToObj(depth -> rightAtDepth[depth] / (double) Math.max(1, seenAtDepth[depth])).toList();
        }

        private void mistaken(Mistake mistake) {
            mistakes.add(mistake);
            if (mistakes.size() > MISTAKES) mistakes.remove();
        }

        List<Mistake> worst() {
            return mistakes.stream().sorted(Comparator.comparingDouble(Mistake::probability).reversed()
                    .thenComparingInt(Mistake::index)).toList();
        }
    }
}
