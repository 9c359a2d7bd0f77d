package dev.striate.vision.detect.anchors;

import dev.striate.StriateException;
import dev.striate.data.batch.Preparation;
import dev.striate.data.set.DataSet;
import dev.striate.detect.AnchorClusters;
import dev.striate.detect.BoxSize;
import dev.striate.detect.SizeTable;
import dev.striate.graph.Size;
import dev.striate.recipe.Preprocessing;
import dev.striate.text.TextTable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Anchors for the objects of a data set as a network of this input sees them, and how large they are.
///
/// @param anchors in pixels of the input, the smallest first
/// @param yolo the anchors as Darknet's `[yolo]` has them, in whole pixels
/// @param region the anchors as Darknet's `[region]` has them, in cells of 32 pixels
/// @param meanBestIou the mean over the objects of their IoU with the best anchor, about one centre
/// @param others the same for 1 to 9 anchors
/// @param sizes the objects' sizes in the input
/// @param warning what to mind where many objects are very small
public record AnchorReport(String name, int width, int height, List<BoxSize> anchors, String yolo, String region,
        double meanBestIou, List<Fit> others, SizeTable sizes, Optional<String> warning) {
    private static final int CELL = 32;
    private static final int MOST_OTHERS = 9;
    /// Above this share of objects below 8 pixels, there is a warning.
    private static final double MANY = 0.05;

    /// How well so many anchors fit.
    public record Fit(int count, double meanBestIou) {}

    public AnchorReport {
        anchors = List.copyOf(anchors);
        others = List.copyOf(others);
    }

    /// Looks at every object of a set, difficult ones too, where the preprocessing puts it; the same for the same seed.
    public static AnchorReport of(String name, DataSet set, Preprocessing preprocessing, int count, long seed) {
        var input = preprocessing.input().size();
        var byClass = ObjectSizes.of(set, new Preparation(preprocessing));
        var boxes = byClass.values().stream().flatMap(List::stream).toList();
        if (boxes.isEmpty()) {
            throw new StriateException("Pictures with objects were expected; the " + set.size() + " of " + name
                    + " have none.");
        }
        var found = AnchorClusters.of(boxes, count, seed);
        var others = IntStream.rangeClosed(1, Math.min(MOST_OTHERS, AnchorClusters.shapes(boxes)))
                .mapToObj(k -> new Fit(k, AnchorClusters.of(boxes, k, seed).meanBestIou())).toList();
        var sizes = SizeTable.of(byClass);
        return new AnchorReport(name, input.width(), input.height(), found.anchors(), found.inPixels(),
                found.inCells(CELL), found.meanBestIou(), others, sizes, warning(sizes.all(), input));
    }

    static Optional<String> warning(SizeTable.Row all, Size input) {
        if (all.below8() <= MANY * all.objects()) return Optional.empty();
        return Optional.of(String.format(
                "%d of %d objects are smaller than 8 pixels at %d×%d, less than one cell of the "
                        + "finest grid of YOLO v3: a larger --input, or pictures cut into parts, would show them larger.",
                all.below8(), all.objects(), input.width(), input.height()));
    }

    @Override
    public String toString() {
        var text = new StringBuilder();
        text.append(
                "%d anchors for %d objects of %s at %d×%d%n%n".formatted(anchors.size(), sizes.all().objects(), name,
                        width, height));
        text.append("[yolo], pixels           anchors = %s%n".formatted(yolo));
        text.append("[region], cells of %d    anchors = %s%n%n".formatted(CELL, region));
        text.append("mean IoU with the best anchor %.3f; by their number:%n".formatted(meanBestIou));
        text.append(fits()).append("%n%nsides in pixels of the input%n".formatted()).append(sizes);
        warning.ifPresent(sentence -> text.append("%n%n".formatted()).append(sentence));
        return text.toString();
    }

    private String fits() {
        var table = new TextTable();
        table.row(others.stream().<Object>map(fit -> (long) fit.count()).toArray());
        table.row(others.stream().<Object>map(
                fit -> BigDecimal.valueOf(fit.meanBestIou()).setScale(3, RoundingMode.HALF_UP)).toArray());
        return table.toString();
    }
}
