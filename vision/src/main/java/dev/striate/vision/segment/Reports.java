package dev.striate.vision.segment;

import dev.striate.data.picture.Pictures;
import dev.striate.target.Target.Mask;
import dev.striate.vision.report.ConfusionMatrix;
import dev.striate.vision.report.Mosaic;
import dev.striate.weights.AtomicFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/// What a run's folder shows of a segmentation.
final class Reports {
    /// Two pictures to a row, each with its masks.
    private static final int COLUMNS = 6;

    private Reports() {}

    static void draw(MeasuredSegmentation measured, Path folder) {
        var labels = measured.pictures().classes();
        Pictures.write(ConfusionMatrix.draw(labels, measured.confusion().counts()), folder.resolve("confusion.png"));
        var tiles = measured.examples().stream().flatMap(example -> tiles(measured, example)).toList();
        Pictures.write(Mosaic.draw("the lowest mean IoU: picture, truth, prediction", COLUMNS, tiles),
                folder.resolve("masks.png"));
        AtomicFile.write(folder.resolve("classes.csv"), table(measured));
    }

    private static Stream<Mosaic.Tile> tiles(MeasuredSegmentation measured, MeasuredSegmentation.Example example) {
        var pictures = measured.pictures();
        return Stream.of(
                new Mosaic.Tile(pictures.picture(example.index()), List.of("picture " + example.index())),
                new Mosaic.Tile(Masks.coloured((Mask) pictures.target(example.index())), List.of("truth")),
                new Mosaic.Tile(Masks.coloured(example.predicted()),
                        List.of(String.format(Locale.ROOT, "IoU %.3f", example.meanIoU()))));
    }

    private static String table(MeasuredSegmentation measured) {
        var confusion = measured.confusion();
        var text = new StringBuilder("class,pixels,accuracy,iou\n");
        for (var k = 0; k < confusion.classes(); k++) {
            text.append(measured.pictures().classes().get(k).replace(',', ' ')).append(',')
                    .append(confusion.pixels(k)).append(',').append(share(confusion.accuracy(k))).append(',')
                    .append(share(confusion.iou(k))).append('\n');
        }
        return text.toString();
    }

    private static String share(OptionalDouble share) {
        return share.isEmpty() ? "" : String.format(Locale.ROOT, "%.6f", share.getAsDouble());
    }
}
