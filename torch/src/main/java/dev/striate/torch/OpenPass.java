package dev.striate.torch;

import dev.striate.StriateException;
import dev.striate.graph.Network;
import java.lang.foreign.MemorySegment;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/// A forward pass that stays open, so that gradients which plain code has made of its outputs go back to the pictures.
/// The network behaves as at inference, and its weights stay as they are.
///
/// [Model#open] begins one; each goes back once.
public final class OpenPass implements AutoCloseable {
    private final Network network;
    private final Pass pass;
    private final Map<String, Tensor> tensors;
    private final SequencedMap<String, float[]> outputs;
    private final Map<String, float[]> gradients = new HashMap<>();
    private float[] pictureGradient = new float[0];

    OpenPass(Model model, MemorySegment pixels, int n, Network network, ReluGradient relu) {
        this.network = network;
        pass = new Pass(new ExecutionGraph(network, Purpose.inspection(relu)), model.parameters(), model.types(),
                Pass.Mode.INSPECTION, 0);
        try (var _ = new PointerScope()) {
            tensors = pass.forward(model.input(pixels, n));
            var values = new LinkedHashMap<String, float[]>();
            tensors.forEach((name, tensor) -> values.put(name, Tensors.floats(tensor)));
            outputs = Collections.unmodifiableSequencedMap(values);
        } catch (RuntimeException failure) {
            close();
            throw failure;
        }
    }

    /// The values of the nodes that were asked for, N × channels · height · width, row-major.
    public SequencedMap<String, float[]> outputs() {
        return outputs;
    }

    /// Takes gradients back from some of the outputs, each of its output's length.
    public void backward(Map<String, float[]> outputGradients) {
        if (pictureGradient.length > 0) throw new StriateException("An open pass goes back once; this one has.");
        outputGradients.forEach(this::check);
        try (var _ = new PointerScope()) {
            var given = new LinkedHashMap<String, Tensor>();
            outputGradients.forEach((name, gradient) -> given.put(name, like(tensors.get(name), gradient)));
            pass.backward(given, (node, gradient) -> {
                if (outputs.containsKey(node.name())) gradients.put(node.name(), Tensors.floats(gradient));
            });
            pictureGradient = Tensors.floats(pass.inputGradient().permute(0, 2, 3, 1)); // N×H×W×C
        }
    }

    private void check(String name, float[] gradient) {
        var output = outputs.get(name);
        if (output == null) {
            throw new StriateException("This pass through " + network.name() + " has the outputs " + outputs.keySet()
                    + "; received a gradient of '" + name + "'.");
        }
        if (output.length != gradient.length) {
            throw new StriateException("The output '" + name + "' expects a gradient of " + output.length
                    + " values; received " + gradient.length + ".");
        }
    }

    private static Tensor like(Tensor output, float[] gradient) {
        return Tensors.of(gradient, output.sizes().vec().get()).to(output.device(), output.scalar_type());
    }

    /// After backward: all of the gradient that has reached one of the outputs, its own and what came from later ones.
    public float[] gradient(String output) {
        var gradient = gradients.get(output);
        if (gradient == null) throw new StriateException("No gradient has reached '" + output + "'.");
        return gradient;
    }

    /// After backward: the gradient of the pictures, N×H×W×C as their pixels lie.
    public float[] pictureGradient() {
        if (pictureGradient.length == 0) throw new StriateException("An open pass has not gone back yet.");
        return pictureGradient;
    }

    @Override
    public void close() {
        pass.close();
    }
}
