package dev.striate.weights;

import dev.striate.graph.Network;
import dev.striate.graph.Node;
import dev.striate.json.Json;
import dev.striate.recipe.Difference;
import dev.striate.recipe.Recipe;
import dev.striate.recipe.FlatSettings;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Two models beside each other.
///
/// @param settings in what their layers, preprocessing, labels and recipes differ
/// @param shapes the tensors that only one of them has, or that have another shape: the shape in each
/// @param tensors how far those lie apart that both have, in the first model's order
/// @param all the same for all of these together
public record ModelComparison(List<Difference> settings, List<Difference> shapes, List<Distance> tensors,
        Distance all) {
    public ModelComparison {
        settings = List.copyOf(settings);
        shapes = List.copyOf(shapes);
        tensors = List.copyOf(tensors);
    }

    /// Compares two models; layers and tensors belong together by name.
    public static ModelComparison of(ModelFile first, ModelFile second) {
        var shapes = new ArrayList<Difference>();
        var tensors = new ArrayList<Distance>();
        var sums = new Distance.Sums();
        var names = new LinkedHashSet<>(first.tensors().sequencedKeySet());
        names.addAll(second.tensors().sequencedKeySet());
        for (var name : names) {
            var a = first.tensors().get(name);
            var b = second.tensors().get(name);
            if (a == null || b == null || !a.shape().equals(b.shape())) {
                shapes.add(new Difference(name, a == null ? null : a.shape(), b == null ? null : b.shape()));
                continue;
            }
            var own = new Distance.Sums().add(a, b);
            tensors.add(own.named(name, a.shape()));
            sums.add(own);
        }
        return new ModelComparison(settings(first, second), shapes, tensors, sums.named("all", List.of()));
    }

    private static List<Difference> settings(ModelFile first, ModelFile second) {
        var all = new ArrayList<Difference>();
        put(all, "network", first.network().name(), second.network().name());
        all.addAll(layers(first.network(), second.network()));
        all.addAll(under("preprocessing", FlatSettings.differences(first.preprocessing(), second.preprocessing())));
        put(all, "task", first.task().getClass().getSimpleName(), second.task().getClass().getSimpleName());
        put(all, "labels", first.labels(), second.labels());
        all.addAll(recipes(first.recipe(), second.recipe()));
        put(all, "quantisation", first.quantisation().orElse(null), second.quantisation().orElse(null));
        return all;
    }

    /// The layers that only one network has, or that do something else in the other.
    private static List<Difference> layers(Network first, Network second) {
        var a = byName(first);
        var b = byName(second);
        var names = new LinkedHashSet<>(first.nodes().stream().map(Node::name).toList());
        second.nodes().forEach(node -> names.add(node.name()));
        var differences = new ArrayList<Difference>();
        for (var name : names) {
            put(differences, "network." + name, Optional.ofNullable(a.get(name)).map(Node::op).orElse(null),
                    Optional.ofNullable(b.get(name)).map(Node::op).orElse(null));
        }
        return differences;
    }

    private static Map<String, Node> byName(Network network) {
        return network.nodes().stream().collect(Collectors.toMap(Node::name, Function.identity()));
    }

    private static List<Difference> recipes(Optional<String> first, Optional<String> second) {
        if (first.isEmpty() || second.isEmpty()) {
            var differences = new ArrayList<Difference>();
            put(differences, "recipe", first.map(text -> read(text).name()).orElse(null),
                    second.map(text -> read(text).name()).orElse(null));
            return differences;
        }
        return under("recipe", FlatSettings.differences(read(first.get()), read(second.get())));
    }

    private static Recipe read(String text) {
        return Json.read(text, Recipe.class, "the model's recipe");
    }

    private static List<Difference> under(String path, List<Difference> differences) {
        return differences.stream()
                .map(each -> new Difference(path + "." + each.path(), each.first(), each.second())).toList();
    }

    private static void put(List<Difference> differences, String path, @Nullable Object first,
            @Nullable Object second) {
        if (!Objects.equals(first, second)) differences.add(new Difference(path, first, second));
    }
}
