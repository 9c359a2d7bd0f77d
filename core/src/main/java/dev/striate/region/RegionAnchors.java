package dev.striate.region;

import dev.striate.StriateException;
import dev.striate.box.Box;
import dev.striate.detect.BoxSize;
import dev.striate.graph.Size;
import java.util.ArrayList;
import java.util.List;

/// The boxes that a region proposal network starts from: at each cell of its map one of each scale and ratio about the
/// cell's centre (Ren et al. 2015, §3.1.1).
///
/// @param stride pixels to a cell
/// @param scales the roots of the anchors' areas, in pixels
/// @param ratios height over width
public record RegionAnchors(int stride, List<Double> scales, List<Double> ratios) {
    public RegionAnchors {
        scales = List.copyOf(scales);
        ratios = List.copyOf(ratios);
        if (stride < 1 || scales.isEmpty() || ratios.isEmpty()) {
            throw new StriateException("Anchors expect a stride from 1, a scale and a ratio; received " + stride + ", "
                    + scales + " and " + ratios + ".");
        }
        for (var number : List.of(scales, ratios)) number.forEach(RegionAnchors::check);
    }

    private static void check(double number) {
        if (!(number > 0 && Double.isFinite(number))) {
            throw new StriateException("Scales and ratios of anchors above 0 were expected; received " + number + ".");
        }
    }

    /// The paper's nine, for VGG-16 on pictures of 600 pixels: 128², 256² and 512², of 2:1, 1:1 and 1:2.
    public static RegionAnchors fasterRcnn() {
        return new RegionAnchors(16, List.of(128.0, 256.0, 512.0), List.of(0.5, 1.0, 2.0));
    }

    /// The anchors of one cell: all scales of the first ratio, then of the next.
    public List<BoxSize> shapes() {
        return ratios.stream().flatMap(ratio -> scales.stream()
                .map(scale -> new BoxSize(scale / Math.sqrt(ratio), scale * Math.sqrt(ratio)))).toList();
    }

    /// All anchors on a map, as a network's values lie: shape by shape, and of each the cells row by row.
    public List<Box> at(Size map) {
        var anchors = new ArrayList<Box>(shapes().size() * map.area());
        for (var shape : shapes()) {
            for (var cell = 0; cell < map.area(); cell++) {
                anchors.add(Box.around((cell % map.width() + 0.5) * stride, (cell / map.width() + 0.5) * stride,
                        shape.width(), shape.height()));
            }
        }
        return anchors;
    }
}
