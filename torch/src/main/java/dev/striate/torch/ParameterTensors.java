package dev.striate.torch;

import dev.striate.graph.Parameter;
import dev.striate.recipe.InitialValues;
import dev.striate.weights.TensorData;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.bytedeco.pytorch.global.torch;

/// All parameters of a model in one flat tensor, their gradients in another, the running statistics in a third.
///
/// Each parameter is a view; so an optimiser's step, zeroing the gradients and averaging over machines are each a few
/// calls on one tensor.
final class ParameterTensors implements AutoCloseable {
    private final List<Parameter> parameters;
    private final Function<Parameter, ParameterGroup> grouping;
    private final FlatLayout layout;
    private final FlatLayout statistics;
    private final Device device;
    private final ScalarType type;
    private final Tensor values;
    private final Tensor buffers;
    private final Map<String, Tensor> views = new HashMap<>();
    private Tensor gradients = new Tensor();

    ParameterTensors(List<Parameter> parameters, Function<Parameter, ParameterGroup> grouping, Device device,
            ScalarType type) {
        this.parameters = parameters;
        this.grouping = p -> p.role() == Parameter.Role.FIXED_WEIGHT ? ParameterGroup.FROZEN : grouping.apply(p);
        this.device = device;
        this.type = type;
        layout = FlatLayout.of(parameters.stream().filter(Parameter::trainable).toList(), this.grouping);
        statistics = FlatLayout.of(parameters.stream().filter(p -> !p.trainable()).toList(),
                _ -> ParameterGroup.FROZEN);
        values = zeros(layout.length());
        buffers = zeros(statistics.length());
        for (var slot : layout.slots()) views.put(slot.parameter().name(), view(values, slot));
        for (var slot : statistics.slots()) views.put(slot.parameter().name(), view(buffers, slot));
    }

    private Tensor zeros(long length) {
        try (var options = device.options(type)) {
            return torch.zeros(new long[] { length }, options);
        }
    }

    private static Tensor view(Tensor flat, FlatLayout.Slot slot) {
        try (var offset = new LongOptional(slot.offset());
                var view = flat.as_strided(slot.sizes(), slot.strides(), offset)) {
            return view.detach();
        }
    }

    /// Makes the gradients: a flat tensor whose views are the `grad` of each parameter that is trained.
    void train() {
        if (gradients.defined()) return;
        gradients = zeros(layout.length());
        for (var slot : layout.slots()) {
            var view = views.get(slot.parameter().name());
            view.requires_grad_(true);
            try (var gradient = view(gradients, slot)) {
                view.mutable_grad().put(gradient);
            }
        }
    }

    /// What an optimiser moves.
    FlatTensors flat() {
        return new FlatTensors(values, gradients, buffers, layout.ranges());
    }

    /// Whether an optimiser leaves a parameter as it is.
    boolean isFrozen(Parameter parameter) {
        return grouping.apply(parameter).frozen();
    }

    List<Parameter> parameters() {
        return parameters;
    }

    FlatLayout layout() {
        return layout;
    }

    Tensor values() {
        return values;
    }

    Tensor gradients() {
        return gradients;
    }

    Tensor buffers() {
        return buffers;
    }

    Device device() {
        return device;
    }

    ScalarType type() {
        return type;
    }

    Tensor get(String name) {
        return views.get(name);
    }

    /// Copies stored values in: a tensor for each parameter.
    void load(Map<String, TensorData> tensors) {
        for (var parameter : parameters) {
            var stored = tensors.get(parameter.name());
            set(parameter, () -> Tensors.of(stored));
            stored.unload();
        }
    }

    /// Copies the values that a network starts from in.
    void start(InitialValues start) {
        for (var parameter : parameters) {
            var sizes = parameter.shape().stream().mapToLong(i -> i).toArray();
            set(parameter, () -> Tensors.of(start.floats(parameter), sizes));
        }
    }

    private void set(Parameter parameter, Supplier<Tensor> value) {
        try (var _ = new PointerScope(); var _ = GradMode.off()) {
            views.get(parameter.name()).copy_(value.get());
        }
    }

    /// Copies all values out, row-major float32, in the order of the network.
    Map<String, TensorData> save() {
        var tensors = new LinkedHashMap<String, TensorData>();
        try (var _ = new PointerScope()) {
            for (var parameter : parameters) {
                tensors.put(parameter.name(), Tensors.data(views.get(parameter.name()), parameter.shape()));
            }
        }
        return tensors;
    }

    @Override
    public void close() {
        views.values().forEach(Tensor::deallocate);
        values.deallocate();
        buffers.deallocate();
        gradients.deallocate();
    }
}
