package dev.striate.vision.detect;

import dev.striate.box.Box;
import dev.striate.data.picture.Affine;
import dev.striate.data.picture.Picture;
import dev.striate.detect.Detection;
import dev.striate.detect.NonMaximumSuppression;
import dev.striate.graph.Size;
import dev.striate.vision.report.Canvas;
import dev.striate.vision.report.Palette;
import dev.striate.yolo.YoloHeads.Owned;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;

/// Which cell and anchor answers for each box that a YOLO finds, and why the next best box of its class was not kept.
///
/// @param boxes those that are kept, the surest first, in the picture's pixels
public record BoxOwners(Size picture, List<Kept> boxes) {
    /// A box that is kept, and the surest of those that it suppressed.
    ///
    /// @param cell of the owner, in the picture's pixels
    public record Kept(Owned owned, Box cell, Optional<Lost> runnerUp) {}

    /// A box that was not kept.
    ///
    /// @param overlap its intersection over union with the one that was
    public record Lost(Owned owned, double overlap) {}

    /// @param candidates all boxes above the score, in the input's pixels
    static BoxOwners of(YoloFinder finder, List<Owned> candidates, Size picture, Thresholds thresholds) {
        var suppression = finder.heads().suppression(thresholds.overlap());
        var kept = NonMaximumSuppression.of(candidates.stream().map(Owned::detection).toList(), suppression,
                Integer.MAX_VALUE);
        // By identity: two anchors may give the same box.
        var owners = new IdentityHashMap<Detection, Owned>();
        candidates.forEach(each -> owners.put(each.detection(), each));
        var lost = new IdentityHashMap<>(owners);
        kept.forEach(lost::remove);
        var suppressed = candidates.stream().filter(each -> lost.containsKey(each.detection())).toList();
        var toPicture = finder.preparation().placement(picture).inverse();
        return new BoxOwners(picture, kept.stream().map(detection -> {
            var owner = owners.get(detection);
            return new Kept(moved(owner, toPicture), toPicture.of(cell(owner, finder.heads().input())),
                    runnerUp(detection, suppressed, toPicture, thresholds.overlap()));
        }).toList());
    }

    private static Box cell(Owned owner, Size input) {
        var width = (double) input.width() / owner.map().width();
        var height = (double) input.height() / owner.map().height();
        return new Box(owner.column() * width, owner.row() * height, (owner.column() + 1) * width,
                (owner.row() + 1) * height);
    }

    private static Optional<Lost> runnerUp(Detection kept, List<Owned> suppressed, Affine toPicture, double overlap) {
        return suppressed.stream()
                .filter(each -> each.detection().label() == kept.label() && each.detection().score() <= kept.score())
                .map(each -> new Lost(each, each.detection().box().iou(kept.box())))
                .filter(each -> each.overlap() > overlap)
                .max(Comparator.comparingDouble(each -> each.owned().detection().score()))
                .map(each -> new Lost(moved(each.owned(), toPicture), each.overlap()));
    }

    private static Owned moved(Owned owned, Affine toPicture) {
        return new Owned(new Detection(toPicture.of(owned.detection().box()), owned.detection().label(),
                owned.detection().score()), owned.output(), owned.map(), owned.row(), owned.column(), owned.anchor());
    }

    /// The picture with each box; with the cell that answers for it, and a dot in it; and in dashes with the runner-up.
    public Picture draw(Picture drawn, List<String> labels) {
        var boxed = new Detected(picture, boxes.stream().map(kept -> kept.owned().detection()).toList(), labels)
                .on(drawn);
        var scale = (double) boxed.width() / drawn.width();
        var canvas = new Canvas(drawn.width(), drawn.height(), 0, scale);
        canvas.paste(boxed, 0, 0, drawn.width(), drawn.height());
        var thickness = Math.max(boxed.width(), boxed.height()) / 600.0 / scale;
        for (var kept : boxes) {
            var colour = Palette.series(kept.owned().detection().label());
            var cell = kept.cell();
            canvas.frame(cell.left(), cell.top(), cell.width(), cell.height(), thickness, colour);
            canvas.dot(cell.centerX(), cell.centerY(), 3 * thickness, colour);
            kept.runnerUp().ifPresent(lost -> dashes(canvas, lost.owned().detection().box(), thickness, colour));
        }
        return canvas.picture();
    }

    private static void dashes(Canvas canvas, Box box, double thickness, int colour) {
        canvas.dashes(new double[] { box.left(), box.right(), box.right(), box.left(), box.left() },
                new double[] { box.top(), box.top(), box.bottom(), box.bottom(), box.top() }, thickness, colour);
    }
}
