package dev.striate.vision.segment;

import dev.striate.data.batch.Batch;
import dev.striate.data.batch.Loader;
import dev.striate.data.batch.Loading;
import dev.striate.data.batch.Preparation;
import dev.striate.data.set.DataSet;
import dev.striate.graph.Shape;
import dev.striate.measure.Figures;
import dev.striate.measure.PixelConfusion;
import dev.striate.target.Target.Mask;
import dev.striate.vision.Inference;
import dev.striate.vision.train.Measured;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.PriorityQueue;

/// How a network's masks compare with those of a set, on the pictures' own pixels; the mean IoU decides.
///
/// @param loss the mean cross entropy over all pixels that have a class, on the network's input
/// @param examples the pictures of the lowest mean IoU, the worst first
public record MeasuredSegmentation(double loss, PixelConfusion confusion, double picturesPerSecond, DataSet pictures,
        List<Example> examples) implements Measured {
    public static final String PIXEL_ACCURACY = "pixelAccuracy";
    public static final String MEAN_ACCURACY = "meanAccuracy";
    public static final String MEAN_IOU = "meanIoU";
    /// The mean IoU, each class as often as its pixels occur.
    public static final String FREQUENCY_WEIGHTED_IOU = "weightedIoU";
    private static final int EXAMPLES = 12;
    private static final int BATCH = 32;
    private static final long MOST_SCORES = 1 << 24;

    /// A picture, by its place in the set, and what the network says of it.
    public record Example(int index, double meanIoU, Mask predicted) {}

    /// Measures on all pictures of a set, as prediction would see them.
    public static MeasuredSegmentation of(Inference inference, Preparation preparation, DataSet pictures) {
        var scores = preparation.input().withChannels(pictures.classes().size());
        var tally = new Tally(pictures, preparation, scores);
        var batch = Math.clamp(MOST_SCORES / scores.elements(), 1, Math.min(BATCH, pictures.size()));
        var start = System.nanoTime();
        try (var loader = Loader.of(pictures, preparation, Loading.evaluation(batch))) {
            while (loader.hasNext()) {
                try (var next = loader.next()) {
                    tally.add(next, inference.run(next.pixels(), next.size()).main());
                }
            }
        }
        var seconds = (System.nanoTime() - start) / 1e9;
        return new MeasuredSegmentation(tally.meanLoss(), tally.confusion, pictures.size() / seconds, pictures,
                tally.worst());
    }

    @Override
    public Figures figures() {
        var values = new LinkedHashMap<String, Double>();
        values.put(Figures.LOSS, loss);
        values.put(PIXEL_ACCURACY, confusion.pixelAccuracy());
        values.put(MEAN_ACCURACY, confusion.meanAccuracy());
        values.put(MEAN_IOU, confusion.meanIoU());
        values.put(FREQUENCY_WEIGHTED_IOU, confusion.frequencyWeightedIoU());
        return Figures.highest(MEAN_IOU, values);
    }

    /// Draws `confusion.png`, and `masks.png`, the worst pictures with their true and predicted masks; writes
    /// `classes.csv`, the accuracy and IoU of each class.
    @Override
    public void draw(Path folder) {
        Reports.draw(this, folder);
    }

    /// What adds up from batch to batch.
    private static final class Tally {
        final PixelConfusion confusion;
        private final DataSet pictures;
        private final Preparation preparation;
        private final Shape shape;
        private final PriorityQueue<Example> examples = new PriorityQueue<>(
                Comparator.comparingDouble(Example::meanIoU).reversed());
        private double loss;
        private long labelled;

        Tally(DataSet pictures, Preparation preparation, Shape shape) {
            this.pictures = pictures;
            this.preparation = preparation;
            this.shape = shape;
            confusion = PixelConfusion.empty(shape.channels());
        }

        void add(Batch batch, float[] scores) {
            for (var i = 0; i < batch.size(); i++) {
                addLoss(scores, i, (Mask) batch.targets().get(i));
                addMask(batch.indices()[i], Masks.likeliest(scores, i, shape));
            }
        }

        private void addMask(int index, Mask seen) {
            var truth = (Mask) pictures.target(index);
            var predicted = Masks.onPicture(seen, preparation.placement(truth.size()), truth.size());
            confusion.add(truth, predicted);
            var own = PixelConfusion.empty(shape.channels());
            own.add(truth, predicted);
            examples.add(new Example(index, own.meanIoU(), predicted));
            if (examples.size() > EXAMPLES) examples.remove();
        }

        private void addLoss(float[] scores, int picture, Mask truth) {
            var area = shape.size().area();
            var from = picture * shape.channels() * area;
            for (var pixel = 0; pixel < area; pixel++) {
                var label = Byte.toUnsignedInt(truth.classes()[pixel]);
                if (label == Mask.IGNORED) continue;
                labelled++;
                loss += logSumExp(scores, from + pixel, area) - scores[from + label * area + pixel];
            }
        }

        private double logSumExp(float[] scores, int from, int step) {
            var largest = Float.NEGATIVE_INFINITY;
            for (var k = 0; k < shape.channels(); k++) largest = Math.max(largest, scores[from + k * step]);
            var sum = 0.0;
            for (var k = 0; k < shape.channels(); k++) sum += Math.exp(scores[from + k * step] - largest);
            return largest + Math.log(sum);
        }

        double meanLoss() {
            return labelled == 0 ? 0 : loss / labelled;
        }

        List<Example> worst() {
            return examples.stream().sorted(Comparator.comparingDouble(Example::meanIoU)
                    .thenComparingInt(Example::index)).toList();
        }
    }
}
