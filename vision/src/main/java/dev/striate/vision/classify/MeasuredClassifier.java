package dev.striate.vision.classify;

import dev.striate.data.picture.Pictures;
import dev.striate.data.set.DataSet;
import dev.striate.measure.Figures;
import dev.striate.vision.report.ConfusionMatrix;
import dev.striate.vision.report.Mosaic;
import dev.striate.vision.train.Measured;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;

/// A classifier's evaluation on a set: accuracy decides; the confusion matrix and the worst mistakes are drawn.
public record MeasuredClassifier(Evaluation evaluation, DataSet pictures) implements Measured {
    private static final int COLUMNS = 8;

    @Override
    public Figures figures() {
        var values = new LinkedHashMap<String, Double>();
        values.put(Figures.LOSS, evaluation.loss());
        values.put(Figures.ACCURACY, evaluation.accuracy());
        var depths = evaluation.accuracyByDepth();
        for (var depth = 0; depth < depths.size(); depth++) values.put("accuracyDepth" + depth, depths.get(depth));
        return Figures.highest(Figures.ACCURACY, values);
    }

    @Override
    public void draw(Path folder) {
        Pictures.write(ConfusionMatrix.draw(evaluation.labels(), evaluation.confusion()),
                folder.resolve("confusion.png"));
        var tiles = evaluation.mistakes().stream().map(this::tile).toList();
        Pictures.write(
                Mosaic.draw(tiles.isEmpty() ? "no mistakes" : "the worst mistakes: truth, guess, its probability",
                        COLUMNS, tiles),
                folder.resolve("mistakes.png"));
    }

    private Mosaic.Tile tile(Evaluation.Mistake mistake) {
        var labels = evaluation.labels();
        return new Mosaic.Tile(pictures.picture(mistake.index()), List.of("is " + labels.get(mistake.truth()),
                "not " + labels.get(mistake.guess()),
                String.format(Locale.ROOT, "at %.1f %%", 100 * mistake.probability())));
    }
}
