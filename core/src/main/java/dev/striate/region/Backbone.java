package dev.striate.region;

import dev.striate.StriateException;
import dev.striate.graph.Network;
import dev.striate.graph.Node;
import dev.striate.graph.Op;
import dev.striate.graph.Shape;
import dev.striate.graph.Shapes;
import dev.striate.graph.Size;
import dev.striate.graph.Window;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;

/// Makes a detector of a classifier (Girshick 2015, §2.1; Ren et al. 2015, §3.1). The map of a stride is cut there: a region
/// proposal network reads it, and what came behind it now reads regions, each of the size that the map had for a whole
/// picture. The classifier's layers keep their names, so that its weights are found. Its last layer gives way to scores and
/// boxes.
///
/// @param stride pixels to a cell of the map: 16 in the papers
/// @param width channels of the proposal network's 3×3 convolution
/// @param scales the roots of the anchors' areas, in pixels; none for a detector whose proposals come from elsewhere
/// @param ratios height over width
public record Backbone(int stride, int width, Op.RegionPooling.Method pooling, List<Double> scales,
        List<Double> ratios) {
    /// The name of the node where the network is cut.
    public static final String CUT = "regions";

    public Backbone {
        scales = List.copyOf(scales);
        ratios = List.copyOf(ratios);
    }

    /// Faster R-CNN's (Ren et al. 2015, §3.1.1 and §3.3): a map with 16 pixels to a cell, 512 channels, and nine anchors of
    /// 128², 256² and 512² where a picture's shorter side has 600 pixels, in proportion elsewhere.
    public static Backbone fasterRcnn(Size picture) {
        var share = Math.min(picture.height(), picture.width()) / 600.0;
        return new Backbone(16, 512, Op.RegionPooling.Method.MAX,
                Stream.of(128, 256, 512).map(scale -> (double) Math.round(scale * share)).toList(),
                List.of(0.5, 1.0, 2.0));
    }

    /// Fast R-CNN's: the same map, no anchors.
    public static Backbone fastRcnn() {
        return new Backbone(16, 0, Op.RegionPooling.Method.MAX, List.of(), List.of());
    }

    /// The detector for pictures of a size.
    public Network detector(Network classifier, Shape input, int classes) {
        var last = lastLinear(classifier);
        var whole = classifier.upTo(classifier.nodes().get(last).name());
        var shapes = Shapes.of(whole);
        var cut = cut(whole, shapes);
        var nodes = new ArrayList<>(whole.nodes().subList(0, cut + 1));
        nodes.set(0, new Node(nodes.getFirst().name(), new Op.Input(input), List.of()));
        var roi = nodes.size();
        var replaced = isReplaced(whole, cut);
        var bins = shapes.get(replaced ? cut + 1 : cut).size();
        nodes.add(new Node(CUT, new Op.RegionPooling(pooling, bins, stride, scales, ratios), List.of(cut)));
        var place = new int[whole.nodes().size()];
        for (var i = 0; i <= cut; i++) place[i] = i;
        place[cut] = roi;
        if (replaced) place[cut + 1] = roi;
        for (var i = cut + (replaced ? 2 : 1); i < whole.nodes().size() - 1; i++) {
            var node = whole.nodes().get(i);
            place[i] = nodes.size();
            nodes.add(new Node(node.name(), node.op(), node.inputs().stream().map(read -> place[read]).toList()));
        }
        return ended(classifier.name(), nodes, place[whole.nodes().getLast().inputs().getFirst()], cut, classes);
    }

    private Network ended(String name, List<Node> nodes, int top, int map, int classes) {
        var outputs = new LinkedHashMap<String, Integer>();
        outputs.put(RegionDetector.SCORES, add(nodes, "cls_score", new Op.Linear(classes + 1, true), top));
        outputs.put(RegionDetector.OFFSETS,
                add(nodes, "bbox_pred", new Op.Linear(BoxOffsets.COUNT * classes, true), top));
        if (!scales.isEmpty()) {
            var anchors = scales.size() * ratios.size();
            var conv = add(nodes, "rpn_conv", conv(width, 3), map);
            var rpn = add(nodes, "rpn_relu", new Op.Relu(), conv);
            outputs.put(RegionDetector.PROPOSAL_SCORES, add(nodes, "rpn_cls_score", conv(anchors, 1), rpn));
            outputs.put(RegionDetector.PROPOSAL_OFFSETS,
                    add(nodes, "rpn_bbox_pred", conv(BoxOffsets.COUNT * anchors, 1), rpn));
        }
        return new Network(name, nodes, outputs);
    }

    private static Op conv(int filters, int kernel) {
        return new Op.Conv(filters, Window.of(kernel).withPadding(Size.square(kernel / 2)), 1, true);
    }

    private static int add(List<Node> nodes, String name, Op op, int input) {
        nodes.add(new Node(name, op, List.of(input)));
        return nodes.size() - 1;
    }

    private static int lastLinear(Network classifier) {
        for (var i = classifier.nodes().size() - 1; i > 0; i--) {
            if (classifier.nodes().get(i).op() instanceof Op.Linear) return i;
        }
        throw StriateException.network("A classifier that ends in a fully connected layer was expected as a backbone; "
                + classifier.name() + " has none.");
    }

    /// The last node whose map has the stride and around which nothing leads.
    private int cut(Network whole, List<Shape> shapes) {
        var earliest = whole.nodes().size();
        for (var i = whole.nodes().size() - 1; i > 0; i--) {
            if (earliest >= i && hasStride(whole.input().size(), shapes.get(i).size())) return i;
            for (var input : whole.nodes().get(i).inputs()) earliest = Math.min(earliest, input);
        }
        throw StriateException.network("A map with " + stride + " pixels to a cell was expected in the backbone "
                + whole.name() + ", which all that comes behind it reads alone; it has none.");
    }

    private boolean hasStride(Size picture, Size map) {
        return map.area() > 1 && Math.ceilDiv(picture.height(), map.height()) == stride
                && Math.ceilDiv(picture.width(), map.width()) == stride;
    }

    /// The pooling right behind the cut gives way to that of regions, as VGG-16's last does.
    private static boolean isReplaced(Network whole, int cut) {
        var next = whole.nodes().get(cut + 1);
        return next.op() instanceof Op.MaxPool && next.inputs().getFirst() == cut;
    }
}
