package dev.striate.vision.detect;

import dev.striate.data.picture.Pictures;
import dev.striate.measure.AveragePrecision.Rule;
import dev.striate.measure.Figures;
import dev.striate.vision.report.Annotations;
import dev.striate.vision.report.BoxLabel;
import dev.striate.vision.report.ConfusionMatrix;
import dev.striate.vision.report.Mosaic;
import dev.striate.vision.report.PrecisionRecall;
import dev.striate.weights.AtomicFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What a run's folder shows of a detector.
final class Reports {
    private static final int COLUMNS = 4;

    private Reports() {}

    static void draw(MeasuredDetection measured, Path folder) {
        var labels = Stream.concat(measured.pictures().classes().stream(), Stream.of("background")).toList();
        Pictures.write(ConfusionMatrix.draw(labels, measured.confusion().counts()), folder.resolve("confusion.png"));
        var tiles = measured.examples().stream().flatMap(example -> tiles(measured, example)).toList();
        if (!tiles.isEmpty()) {
            Pictures.write(Mosaic.draw("the most mistakes: truth, then prediction", COLUMNS, tiles),
                    folder.resolve("detections.png"));
        }
        Pictures.write(PrecisionRecall.draw(curves(measured)), folder.resolve("precision-recall.png"));
        AtomicFile.write(folder.resolve("classes.csv"), table(measured));
    }

    private static List<PrecisionRecall.Curve> curves(MeasuredDetection measured) {
        return IntStream.range(0, measured.precision().classes()).mapToObj(k -> {
            var label = measured.pictures().classes().get(k);
            var precision = measured.precision().of(Rule.VOC_2010, k).orElse(Double.NaN);
            return measured.curve(k)
                    .map(curve -> new PrecisionRecall.Curve(label, curve.recall(), curve.precision(), precision))
                    .orElseGet(() -> new PrecisionRecall.Curve(label, new double[0], new double[0], precision));
        }).toList();
    }

    private static Stream<Mosaic.Tile> tiles(MeasuredDetection measured, MeasuredDetection.Example example) {
        var pictures = measured.pictures();
        var labels = pictures.classes();
        var picture = pictures.picture(example.index());
        var truth = BoxLabel.of(ObjectDetection.objects(pictures, example.index()), labels);
        return Stream.of(
                new Mosaic.Tile(Annotations.boxes(picture, truth), List.of("picture " + example.index(), "truth")),
                new Mosaic.Tile(new Detected(picture.size(), example.found(), labels).on(picture),
                        List.of("prediction",
                                example.mistakes() + (example.mistakes() == 1 ? " mistake" : " mistakes"))));
    }

    private static String table(MeasuredDetection measured) {
        var names = measured.ofClass(0).sequencedKeySet().stream().map(Figures::snakeCase);
        var text = new StringBuilder("class,objects,").append(names.collect(Collectors.joining(","))).append('\n');
        for (var k = 0; k < measured.precision().classes(); k++) {
            text.append(measured.pictures().classes().get(k).replace(',', ' ')).append(',').append(measured.objects(k));
            for (var figure : measured.ofClass(k).sequencedValues()) text.append(',').append(share(figure));
            text.append('\n');
        }
        return text.toString();
    }

    private static String share(OptionalDouble share) {
        return share.isEmpty() ? "" : String.format(Locale.ROOT, "%.6f", share.getAsDouble());
    }
}
