package dev.striate.yolo;

import dev.striate.StriateException;
import dev.striate.detect.Detection;
import dev.striate.detect.Suppression;
import dev.striate.graph.Network;
import dev.striate.graph.Op;
import dev.striate.graph.Outputs;
import dev.striate.graph.Shape;
import dev.striate.graph.Shapes;
import dev.striate.graph.Size;
import dev.striate.tree.ClassTree;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// The heads of a detector, by the names of its outputs.
///
/// @param maps the shape of each output
/// @param input the network's size, in whose pixels boxes are given
public record YoloHeads(SequencedMap<String, YoloHead> heads, SequencedMap<String, Shape> maps, Size input) {
    public YoloHeads {
        heads = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(heads));
        maps = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(maps));
    }

    /// Whether all outputs of a network are YOLO's.
    public static boolean areIn(Network network) {
        return network.outputs().values().stream()
                .allMatch(output -> network.nodes().get(output).op() instanceof Op.Detection);
    }

    /// The heads of a network; refuses one that has another output, and heads of unlike classes.
    public static YoloHeads of(Network network) {
        var heads = new LinkedHashMap<String, YoloHead>();
        var maps = new LinkedHashMap<String, Shape>();
        var shapes = Shapes.of(network);
        network.outputs().forEach((name, output) -> {
            if (!(network.nodes().get(output).op() instanceof Op.Detection detection)) {
                throw StriateException
                        .network("A detector whose outputs are [detection], [region] or [yolo] layers was "
                                + "expected; the output '" + name + "' of " + network.name() + " is none.");
            }
            maps.put(name, shapes.get(output));
            heads.put(name, YoloHead.of(detection, shapes.get(output)));
        });
        if (heads.values().stream().map(YoloHead::classes).distinct().count() > 1) {
            throw StriateException
                    .network("The outputs of " + network.name() + " expect one number of classes; received "
                            + heads.values().stream().map(YoloHead::classes).toList() + ".");
        }
        return new YoloHeads(heads, maps, network.input().size());
    }

    public int classes() {
        return heads.firstEntry().getValue().classes();
    }

    /// Which class is a kind of which, where the network knows.
    public Optional<ClassTree> tree() {
        return heads.firstEntry().getValue() instanceof RegionHead head && head.descent().isPresent()
                ? Optional.of(head.tree())
                : Optional.empty();
    }

    /// The same of any detector.
    public static Optional<ClassTree> tree(Network network) {
        return areIn(network) ? of(network).tree() : Optional.empty();
    }

    /// When a box repeats another, above this overlap, as the network's own settings say.
    public Suppression suppression(double overlap) {
        return new Suppression(overlap, heads.firstEntry().getValue().distancePower());
    }

    /// The same boxes as [#decode], each with who answers for it.
    public List<Owned> owned(Outputs outputs, int picture, double threshold) {
        var owned = new ArrayList<Owned>();
        heads.forEach((name, head) -> {
            var found = new Candidates();
            var size = head instanceof GridHead grid ? Size.square(grid.side()) : maps.get(name).size();
            head.decode(outputs.get(name), picture, maps.get(name).size(), input, threshold, found);
            var detections = found.found();
            for (var i = 0; i < detections.size(); i++) {
                var place = found.places().get(i);
                owned.add(new Owned(detections.get(i), name, size, place.cell() / size.width(),
                        place.cell() % size.width(), place.anchor()));
            }
        });
        return owned;
    }

    /// A box, and who answers for it.
    ///
    /// @param output the name of the head's output
    /// @param map rows and columns of its cells
    /// @param anchor of the cell, from 0; of YOLO v1 the cell's box
    public record Owned(Detection detection, String output, Size map, int row, int column, int anchor) {}

    /// The boxes of one picture of a batch whose score is above a threshold, in the input's pixels, before those that
    /// overlap are suppressed.
    public List<Detection> decode(Outputs outputs, int picture, double threshold) {
        var found = new Candidates();
        heads.forEach((name, head) -> head.decode(outputs.get(name), picture, maps.get(name).size(), input, threshold,
                found));
        return found.found();
    }
}
