package dev.striate.torch;

import dev.striate.StriateException;
import dev.striate.graph.Network;
import dev.striate.graph.Shape;
import java.lang.foreign.MemorySegment;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
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
    private final FeatureProducts multiplied;

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
        multiplied = new FeatureProducts(fused().isPresent());
        graph = prepared(network);
        Allocator.returnMemory();
    }

    private ExecutionGraph prepared(Network network) {
        return new ExecutionGraph(network, Purpose.pictures(fused()));
    }

    private Optional<FusedType> fused() {
        return FusedType.of(model.device(), model.types());
    }

    /// Takes the content of a picture of the model's size, height × width × channels, prepared.
    public void content(MemorySegment pixels) {
        look(new Source(pixels, network.input(), 1), content.keySet(),
                (name, output) -> keep(features, name, output.clone()));
    }

    /// Takes the style of pictures; their shares of it add up to 1.
    ///
    /// @param pictures prepared, height × width × channels, of any size that the layers can take
    public void style(List<Source> pictures) {
        var sum = pictures.stream().mapToDouble(Source::weight).sum();
        for (var picture : pictures) {
            look(picture, style.keySet(), (name, output) -> {
                var product = product(positions(output)).mul_(new Scalar(picture.weight / sum));
                var before = products.get(name);
                keep(products, name, picture == pictures.getFirst() || before == null ? product
                        : before.add(product));
            });
        }
    }

    /// Shows layers' outputs as they come: none is kept until the last is there.
    private void look(Source picture, Set<String> layers, BiConsumer<String, Tensor> observer) {
        if (layers.isEmpty()) return;
        var last = Collections.max(layers, Comparator.comparing(network::index));
        try (var _ = new PointerScope();
                var _ = GradMode.off();
                var pass = pass(prepared(network.upTo(last).withInput(picture.shape)), Pass.Mode.PREDICTION)) {
            pass.forward(model.input(picture.pixels, 1, picture.shape), (node, output) -> {
                if (layers.contains(node.name())) observer.accept(node.name(), output);
            });
        }
        Allocator.trim();
    }

    /// A picture whose style counts.
    ///
    /// @param weight beside others'
    public record Source(MemorySegment pixels, Shape shape, double weight) {}

    private Pass pass(ExecutionGraph of, Pass.Mode mode) {
        return new Pass(of, model.parameters(), model.types(), mode, 0);
    }

    private static void keep(Map<String, Tensor> tensors, String name, Tensor tensor) {
        var old = tensors.put(name, Tensors.kept(tensor));
        if (old != null) old.deallocate();
    }

    /// Measures a picture of the model's size, height × width × channels, prepared.
    public Measured measure(MemorySegment pixels) {
        var ofContent = new LinkedHashMap<String, Double>();
        var ofStyle = new LinkedHashMap<String, Double>();
        try (var _ = new PointerScope(); var _ = GradMode.off(); var pass = pass(graph, Pass.Mode.INSPECTION)) {
            var outputs = pass.forward(model.input(pixels, 1));
            var gradients = new LinkedHashMap<String, Consumer<Tensor>>();
            content.forEach((name, weight) -> {
                var there = outputs.get(name);
                var wanted = expected(features, name, "content");
                ofContent.put(name, 0.5 * squares(() -> there.sub(wanted)));
                gradients.put(name, sum -> sum.add_(there.sub(wanted), new Scalar(weight)));
            });
            style.forEach((name, weight) -> {
                var there = positions(outputs.get(name));
                var channels = there.size(1);
                var difference = product(there).sub_(expected(products, name, "style"));
                ofStyle.put(name, squares(() -> difference) / (4.0 * channels * channels));
                difference.mul_(new Scalar(weight / ((double) channels * channels * there.size(0))));
                gradients.merge(name, sum -> addProduct(sum, there, difference), Consumer::andThen);
            });
            pass.backwardInTurn(gradients);
            return new Measured(ofContent, ofStyle, weighed(content, ofContent) + weighed(style, ofStyle),
                    Tensors.doubles(pass.inputGradient().permute(0, 2, 3, 1)));
        }
    }

    private static Tensor expected(Map<String, Tensor> tensors, String name, String what) {
        var tensor = tensors.get(name);
        if (tensor == null) throw new StriateException("A picture whose " + what + " counts was expected first.");
        return tensor;
    }

    /// Adds positions × channels times channels × channels, where the sum lies if it lies so.
    private void addProduct(Tensor sum, Tensor positions, Tensor difference) {
        var there = positions(sum);
        multiplied.addProduct(positions, difference, there);
        if (!there.is_alias_of(sum)) sum.copy_(there.view_as(sum.permute(0, 2, 3, 1)).permute(0, 3, 1, 2));
    }

    /// Positions × channels, without a copy where channels come last.
    private static Tensor positions(Tensor output) {
        return output.permute(0, 2, 3, 1).reshape(-1, output.size(1));
    }

    private Tensor product(Tensor positions) {
        return multiplied.gram(positions).mul_(new Scalar(1.0 / positions.size(0)));
    }

    private static double squares(Supplier<Tensor> values) {
        try (var _ = new PointerScope()) {
            return values.get().square().sum().item_double();
        }
    }

    /// What layers cost, each by its weight.
    public static double weighed(Map<String, Double> weights, Map<String, Double> costs) {
        return weights.entrySet().stream().mapToDouble(each -> each.getValue() * costs.get(each.getKey())).sum();
    }

    @Override
    public void close() {
        features.values().forEach(Tensor::deallocate);
        products.values().forEach(Tensor::deallocate);
        Allocator.keepMemory();
    }
}
