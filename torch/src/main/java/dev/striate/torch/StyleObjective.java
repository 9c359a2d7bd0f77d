package dev.striate.torch;

import dev.striate.StriateException;
import dev.striate.graph.Network;
import dev.striate.graph.Shape;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/// What a picture costs that is to have the content of one and the style of others, as a network's layers see them (Gatys et
/// al. 2016, §2), and the gradient of its pixels.
///
/// With a layer's features F, positions × channels: content is `½ Σ (F − P)²` for the features P of the picture whose content
/// counts; style is `Σ (G/N − A)² / (4 C²)` with `G = FᵀF`, N positions, C channels, and A the mean of `G/N` of the pictures
/// whose style counts. For pictures of one size that is the paper's equation 4; dividing by positions lets their sizes differ.
public final class StyleObjective implements AutoCloseable {
    private final Model model;
    private final Network network;
    private final ExecutionGraph graph;
    private final SequencedMap<String, Double> content;
    private final SequencedMap<String, Double> style;
    private final Map<String, Tensor> features = new HashMap<>();
    private final Map<String, Tensor> products = new HashMap<>();

    /// What was measured of one picture.
    ///
    /// @param content the cost of each layer, not yet weighed
    /// @param style the same
    /// @param total the weighed sum
    /// @param gradient of the sum, height × width × channels
    public record Measured(SequencedMap<String, Double> content, SequencedMap<String, Double> style, double total,
            double[] gradient) {}

    /// @param model of the size of the pictures that will be measured; lent until this is closed
    /// @param content what the content of each layer weighs, by the node's name
    /// @param style what the style of each layer weighs
    public StyleObjective(Model model, SequencedMap<String, Double> content, SequencedMap<String, Double> style) {
        if (content.isEmpty() && style.isEmpty()) {
            throw new StriateException("A layer for content or style was expected; received none.");
        }
        this.model = model;
        this.content = content;
        this.style = style;
        var wanted = new LinkedHashMap<String, Integer>();
        for (var layers : List.of(content, style)) {
            layers.keySet().forEach(name -> wanted.put(name, model.network().index(name)));
        }
        network = model.network().reaching(wanted);
        graph = new ExecutionGraph(network, Purpose.pictures(Kernels.canFuse(model.device(), model.types())));
    }

    /// Takes the content of a picture of the model's size, height × width × channels, prepared.
    public void content(MemorySegment pixels) {
        try (var _ = new PointerScope(); var pass = pass(graph)) {
            var outputs = pass.forward(model.input(pixels, 1));
            content.keySet().forEach(name -> keep(features, name, outputs.get(name).clone()));
        }
    }

    /// Takes the style of pictures; their shares of it add up to 1.
    ///
    /// @param pictures prepared, height × width × channels, of any size that the layers can take
    public void style(List<Source> pictures) {
        var sum = pictures.stream().mapToDouble(Source::weight).sum();
        for (var picture : pictures) {
            var own = new ExecutionGraph(network.withInput(picture.shape), Purpose.PREDICTION);
            try (var _ = new PointerScope(); var _ = GradMode.off(); var pass = pass(own)) {
                var outputs = pass.forward(model.input(picture.pixels, 1, picture.shape));
                for (var name : style.keySet()) {
                    var product = product(positions(outputs.get(name)));
                    product.mul_(new Scalar(picture.weight / sum));
                    var before = products.get(name);
                    keep(products, name, picture == pictures.getFirst() || before == null ? product.clone()
                            : before.add(product));
                }
            }
        }
    }

    /// A picture whose style counts.
    ///
    /// @param weight beside others'
    public record Source(MemorySegment pixels, Shape shape, double weight) {}

    private Pass pass(ExecutionGraph of) {
        return new Pass(of, model.parameters(), model.types(), Pass.Mode.INSPECTION, 0);
    }

    private static void keep(Map<String, Tensor> tensors, String name, Tensor tensor) {
        var old = tensors.put(name, Tensors.kept(tensor));
        if (old != null) old.deallocate();
    }

    /// Measures a picture of the model's size, height × width × channels, prepared.
    public Measured measure(MemorySegment pixels) {
        var ofContent = new LinkedHashMap<String, Double>();
        var ofStyle = new LinkedHashMap<String, Double>();
        try (var _ = new PointerScope(); var _ = GradMode.off(); var pass = pass(graph)) {
            var outputs = pass.forward(model.input(pixels, 1));
            var gradients = new LinkedHashMap<String, Tensor>();
            content.forEach((name, weight) -> {
                var difference = outputs.get(name).sub(expected(features, name, "content"));
                ofContent.put(name, 0.5 * squares(difference));
                add(gradients, name, difference.mul_(new Scalar(weight)));
            });
            style.forEach((name, weight) -> {
                var there = positions(outputs.get(name));
                var channels = there.size(1);
                var difference = product(there).sub_(expected(products, name, "style"));
                ofStyle.put(name, squares(difference) / (4.0 * channels * channels));
                difference.mul_(new Scalar(weight / ((double) channels * channels * there.size(0))));
                add(gradients, name,
                        there.mm(difference).view(outputs.get(name).permute(0, 2, 3, 1).sizes().vec().get())
                                .permute(0, 3, 1, 2));
            });
            pass.backward(gradients);
            return new Measured(ofContent, ofStyle, weighed(content, ofContent) + weighed(style, ofStyle),
                    Tensors.doubles(pass.inputGradient().permute(0, 2, 3, 1)));
        }
    }

    private static Tensor expected(Map<String, Tensor> tensors, String name, String what) {
        var tensor = tensors.get(name);
        if (tensor == null) throw new StriateException("A picture whose " + what + " counts was expected first.");
        return tensor;
    }

    private static void add(Map<String, Tensor> gradients, String name, Tensor gradient) {
        gradients.merge(name, gradient, Tensor::add);
    }

    /// Positions × channels, without a copy where channels come last.
    private static Tensor positions(Tensor output) {
        return output.permute(0, 2, 3, 1).reshape(-1, output.size(1));
    }

    private static Tensor product(Tensor positions) {
        return positions.t().mm(positions).mul_(new Scalar(1.0 / positions.size(0)));
    }

    private static double squares(Tensor tensor) {
        return tensor.square().sum().item_double();
    }

    /// What layers cost, each by its weight.
    public static double weighed(Map<String, Double> weights, Map<String, Double> costs) {
        return weights.entrySet().stream().mapToDouble(each -> each.getValue() * costs.get(each.getKey())).sum();
    }

    @Override
    public void close() {
        features.values().forEach(Tensor::deallocate);
        products.values().forEach(Tensor::deallocate);
    }
}
