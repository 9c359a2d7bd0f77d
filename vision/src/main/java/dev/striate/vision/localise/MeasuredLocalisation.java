package dev.striate.vision.localise;

import dev.striate.box.Box;
import dev.striate.data.batch.Batch;
import dev.striate.data.batch.Loader;
import dev.striate.data.batch.Loading;
import dev.striate.data.batch.Preparation;
import dev.striate.data.picture.Pictures;
import dev.striate.data.set.DataSet;
import dev.striate.data.set.Sized;
import dev.striate.measure.Figures;
import dev.striate.vision.Inference;
import dev.striate.vision.report.Annotations;
import dev.striate.vision.report.BoxLabel;
import dev.striate.vision.report.Mosaic;
import dev.striate.vision.train.Measured;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;

/// How a network's classes and boxes compare with those of a set; the mean IoU decides.
///
/// @param classLoss the mean cross entropy
/// @param iou50 the share of boxes with an IoU of at least 0.5
/// @param found the share of pictures with such a box and the right class
/// @param examples the boxes of the lowest IoU, the worst first
public record MeasuredLocalisation(double classLoss, double accuracy, double meanIoU, double iou50, double found,
        double picturesPerSecond, DataSet pictures, List<Example> examples) implements Measured {
    private static final double HIT = 0.5;
    /// Colours of boxes: `Palette.series`.
    private static final int ORANGE = 1;
    private static final int GREEN = 2;
    private static final int EXAMPLES = 24;
    private static final int BATCH = 64;

    /// A picture, by its place in the set, and what the network says of it.
    public record Example(int index, int label, Box box, double iou) {}

    /// Measures on all pictures of a set, as prediction would see them.
    public static MeasuredLocalisation of(Inference inference, Preparation preparation, DataSet pictures) {
        var sized = new Sized(pictures);
        var tally = new Tally(sized, preparation);
        var start = System.nanoTime();
        try (var loader = Loader.of(sized, preparation, Loading.evaluation(Math.min(BATCH, pictures.size())))) {
            while (loader.hasNext()) {
                try (var batch = loader.next()) {
                    tally.add(batch, Boxes.of(inference.run(batch.pixels(), batch.size()), pictures.classes().size(),
                            preparation.input()));
                }
            }
        }
        var n = (double) pictures.size();
        return new MeasuredLocalisation(tally.loss / n, tally.right / n, tally.iou / n, tally.hits / n, tally.found / n,
                n / ((System.nanoTime() - start) / 1e9), pictures, tally.worst());
    }

    @Override
    public Figures figures() {
        var values = new LinkedHashMap<String, Double>();
        values.put("classLoss", classLoss);
        values.put(Figures.ACCURACY, accuracy);
        values.put("meanIoU", meanIoU);
        values.put("iou50", iou50);
        values.put("found", found);
        return Figures.highest("meanIoU", values);
    }

    /// Draws `boxes.png`: the pictures whose boxes are the furthest from the truth, which is green.
    @Override
    public void draw(Path folder) {
        var tiles = examples.stream().map(this::tile).toList();
        Pictures.write(Mosaic.draw("the lowest IoU: truth in green, prediction in orange", 8, tiles),
                folder.resolve("boxes.png"));
    }

    private Mosaic.Tile tile(Example example) {
        var truth = Localisation.object(pictures, example.index());
        var picture = Annotations.boxes(pictures.picture(example.index()), List.of(
                new BoxLabel(example.box(), ORANGE, ""), new BoxLabel(truth.box(), GREEN, "")));
        var labels = pictures.classes();
        return new Mosaic.Tile(picture, List.of("is " + labels.get(truth.label()),
                String.format(Locale.ROOT, "%s %.2f", labels.get(example.label()), example.iou())));
    }

    /// What adds up from batch to batch.
    private static final class Tally {
        private final Sized pictures;
        private final Preparation preparation;
        private final PriorityQueue<Example> examples = new PriorityQueue<>(
                Comparator.comparingDouble(Example::iou).reversed());
        private double loss;
        private double iou;
        private int right;
        private int hits;
        private int found;

        Tally(Sized pictures, Preparation preparation) {
            this.pictures = pictures;
            this.preparation = preparation;
        }

        void add(Batch batch, Boxes boxes) {
            for (var i = 0; i < batch.size(); i++) {
                var index = batch.indices()[i];
                var size = pictures.size(index);
                var label = boxes.label(i);
                var truth = Localisation.object(pictures, index);
                loss += boxes.surprise(i, truth.label());
                add(new Example(index, label, boxes.box(i, label, preparation.placement(size), size), 0), truth.box(),
                        truth.label());
            }
        }

        private void add(Example guess, Box truth, int label) {
            var shared = guess.box().iou(truth);
            iou += shared;
            if (guess.label() == label) right++;
            if (shared >= HIT) hits++;
            if (shared >= HIT && guess.label() == label) found++;
            examples.add(new Example(guess.index(), guess.label(), guess.box(), shared));
            if (examples.size() > EXAMPLES) examples.remove();
        }

        List<Example> worst() {
            return examples.stream().sorted(Comparator.comparingDouble(Example::iou).thenComparingInt(Example::index))
                    .toList();
        }
    }
}
