package dev.striate.region;

import dev.striate.StriateException;
import dev.striate.graph.Network;
import dev.striate.graph.Node;
import dev.striate.graph.Op;
import dev.striate.graph.Shape;
import dev.striate.graph.Shapes;
import dev.striate.graph.Size;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// A network with regions, cut in two at its [Op.RegionPooling]: one half reads pictures, the other what was pooled for each
/// region (Girshick 2015; Ren et al. 2015).
///
/// @param features of a picture: the map that regions are pooled from and, where it proposes regions itself, the scores and
///        offsets of its anchors
/// @param head of a region: scores of the background and K classes, and the offsets of each class's box
/// @param anchors of the region proposal network; none where proposals come from elsewhere (Fast R-CNN)
/// @param classes K
/// @param map the shape of the map that regions are pooled from
public record RegionDetector(Network features, Network head, RegionPooling pooling, Optional<RegionAnchors> anchors,
        int classes, Shape map) {
    /// The main output: logits of the background and of each class.
    public static final String SCORES = Network.OUTPUT;
    /// Four offsets for each class.
    public static final String OFFSETS = "offsets";
    /// A logit for each anchor, or one of no object and one of an object.
    public static final String PROPOSAL_SCORES = "proposal_scores";
    /// Four offsets for each anchor.
    public static final String PROPOSAL_OFFSETS = "proposal_offsets";
    /// The map that regions are pooled from, an output of the first half.
    public static final String FEATURES = "features";
    private static final int SAMPLES = 2;

    /// Whether a network is cut at regions.
    public static boolean isIn(Network network) {
        return network.nodes().stream().anyMatch(node -> node.op() instanceof Op.RegionPooling);
    }

    /// The halves of a network; refuses one that is not cut once, or lacks an output.
    public static RegionDetector of(Network network) {
        var place = place(network);
        var cut = (Op.RegionPooling) place.op();
        var head = network.behind(place.name());
        var wanted = new LinkedHashMap<String, Integer>();
        wanted.put(FEATURES, place.inputs().getFirst());
        if (!cut.scales().isEmpty()) {
            for (var output : List.of(PROPOSAL_SCORES, PROPOSAL_OFFSETS)) wanted.put(output, output(network, output));
        }
        for (var output : List.of(SCORES, OFFSETS)) output(head, output);
        var features = network.reaching(wanted);
        var classes = Math.toIntExact(elements(head, SCORES)) - 1;
        check(network, head, OFFSETS, (long) BoxOffsets.COUNT * classes);
        var detector = new RegionDetector(features, head, pooling(cut), cut.scales().isEmpty() ? Optional.empty()
                : Optional.of(new RegionAnchors(cut.stride(), cut.scales(), cut.ratios())), classes,
                Shapes.of(features).get(features.output()));
        detector.anchors.ifPresent(anchors -> check(network, features, PROPOSAL_OFFSETS,
                (long) BoxOffsets.COUNT * anchors.shapes().size() * detector.map.size().area()));
        return detector;
    }

    /// How a network pools regions; refuses one that does not, or more than once.
    public static Op.RegionPooling cut(Network network) {
        return (Op.RegionPooling) place(network).op();
    }

    private static Node place(Network network) {
        var cuts = network.nodes().stream().filter(node -> node.op() instanceof Op.RegionPooling).toList();
        if (cuts.size() == 1) return cuts.getFirst();
        throw StriateException.network("A detector with one pooling of regions was expected; " + network.name()
                + " has " + cuts.size() + ".");
    }

    private static int output(Network network, String name) {
        var output = network.outputs().get(name);
        if (output != null) return output;
        throw StriateException.network("A detector with regions expects an output '" + name + "'; " + network.name()
                + " has " + network.outputs().keySet() + ".");
    }

    private static long elements(Network network, String output) {
        return Shapes.of(network).get(network.outputs().get(output)).elements();
    }

    private static void check(Network network, Network part, String output, long expected) {
        if (elements(part, output) == expected) return;
        throw StriateException.network("The output '" + output + "' of " + network.name() + " expects " + expected
                + " values; it has " + elements(part, output) + ".");
    }

    private static RegionPooling pooling(Op.RegionPooling cut) {
        var scale = 1.0 / cut.stride();
        return switch (cut.method()) {
            case MAX -> new RoiPooling(cut.bins(), scale);
            case ALIGN -> new RoiAlign(cut.bins(), scale, SAMPLES, true);
        };
    }

    /// The network with a head for so many classes.
    public static Network withClasses(Network network, int classes) {
        var wider = widened(network, SCORES, classes + 1);
        return widened(wider, OFFSETS, BoxOffsets.COUNT * classes);
    }

    private static Network widened(Network network, String output, int values) {
        var node = network.nodes().get(output(network, output));
        if (node.op() instanceof Op.Linear linear) {
            return network.withOp(node.name(), new Op.Linear(values, linear.bias()));
        }
        throw StriateException.network("A fully connected layer was expected as the output '" + output + "' of "
                + network.name() + "; '" + node.name() + "' is " + node.op() + ".");
    }

    /// The network without its region proposal network, whose proposals then come from elsewhere (Fast R-CNN).
    public static Network withoutAnchors(Network network) {
        var cut = cut(network);
        var plain = network.withOp(place(network).name(),
                new Op.RegionPooling(cut.method(), cut.bins(), cut.stride(), List.of(), List.of()));
        var outputs = new LinkedHashMap<String, Integer>();
        for (var output : List.of(SCORES, OFFSETS)) outputs.put(output, output(network, output));
        return plain.reaching(outputs);
    }

    /// Whether a layer is of the region proposal network.
    public boolean isProposing(String node) {
        return anchors.isPresent() && features.nodes().stream().anyMatch(each -> each.name().equals(node))
                && features.upTo(features.nodes().get(features.output()).name()).nodes().stream()
                        .noneMatch(each -> each.name().equals(node));
    }

    /// The size of pictures.
    public Size input() {
        return features.input().size();
    }

    /// The maps of a batch.
    public FeatureMaps maps(Values values) {
        return new FeatureMaps(values, map);
    }

    /// What a batch's anchors are worth; only where there are some.
    public RpnMaps proposals(Values scores, Values offsets) {
        return new RpnMaps(scores, offsets, anchors.orElseThrow().shapes().size(), map.size());
    }

    /// Which proposals the head is shown at test: boxes narrower than a quarter of the smallest anchor are
    /// none.
    public Proposals proposals() {
        var smallest = anchors.stream().flatMap(each -> each.scales().stream()).mapToDouble(Double::doubleValue).min();
        return Proposals.atTest().withSmallest(smallest.orElse(0) / 4);
    }

    /// What the head says of regions.
    public HeadOutputs answers(Values scores, Values offsets) {
        return new HeadOutputs(scores, offsets, classes);
    }
}
