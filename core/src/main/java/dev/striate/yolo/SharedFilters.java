package dev.striate.yolo;

import dev.striate.graph.Network;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/// Which filters before a detector's outputs mean the same when its classes become others: those of boxes and objectness,
/// where a head keeps its kind and its number of boxes for each cell.
public final class SharedFilters {
    /// In the place of a filter of a class.
    public static final int FRESH = -1;

    private SharedFilters() {}

    /// By the name of the layer before an output, for each of its filters the old network's that means the same, or [#FRESH].
    /// Layers whose heads differ in more than their classes are left out.
    public static SequencedMap<String, int[]> of(Network old, Network now) {
        var shared = new LinkedHashMap<String, int[]>();
        if (!YoloHeads.areIn(old) || !YoloHeads.areIn(now)) return shared;
        var before = byLayer(old);
        byLayer(now).forEach((layer, head) -> Optional.ofNullable(before.get(layer))
                .flatMap(was -> between(was, head)).ifPresent(filters -> shared.put(layer, filters)));
        return Collections.unmodifiableSequencedMap(shared);
    }

    /// How many filters of a network's layer before an output are of classes; 0 of a layer that is none.
    public static int ofClasses(Network network, String layer) {
        var filters = of(network, network).getOrDefault(layer, new int[0]);
        return Math.toIntExact(Arrays.stream(filters).filter(filter -> filter == FRESH).count());
    }

    private static SequencedMap<String, YoloHead> byLayer(Network network) {
        var heads = YoloHeads.of(network).heads();
        var layers = new LinkedHashMap<String, YoloHead>();
        network.outputs().forEach((name, output) -> {
            var layer = network.nodes().get(output).inputs().getFirst();
            layers.put(network.nodes().get(layer).name(), heads.get(name));
        });
        return layers;
    }

    private static Optional<int[]> between(YoloHead old, YoloHead now) {
        return switch (now) {
            case GridHead grid when old instanceof GridHead was && was.side() == grid.side()
                    && was.boxes() == grid.boxes() && was.roots() == grid.roots() ->
                Optional.of(ofGrid(was, grid));
            case RegionHead region when old instanceof RegionHead was
                    && was.anchors().size() == region.anchors().size() ->
                Optional.of(ofAnchors(region.anchors().size(), was.classes(), region.classes()));
            case ScaleHead scale when old instanceof ScaleHead was && was.mask().size() == scale.mask().size() ->
                Optional.of(ofAnchors(scale.mask().size(), was.classes(), scale.classes()));
            default -> Optional.empty();
        };
    }

    /// The classes of all cells come first.
    private static int[] ofGrid(GridHead old, GridHead now) {
        var filters = new int[now.channels()];
        var classes = now.cells() * now.classes();
        for (var i = 0; i < filters.length; i++) {
            filters[i] = i < classes ? FRESH : i - classes + old.cells() * old.classes();
        }
        return filters;
    }

    /// The classes of each anchor follow its box and objectness.
    private static int[] ofAnchors(int anchors, int old, int now) {
        var filters = new int[anchors * (AnchorMap.CLASS + now)];
        for (var i = 0; i < filters.length; i++) {
            var anchor = i / (AnchorMap.CLASS + now);
            var entry = i % (AnchorMap.CLASS + now);
            filters[i] = entry < AnchorMap.CLASS ? anchor * (AnchorMap.CLASS + old) + entry : FRESH;
        }
        return filters;
    }
}
