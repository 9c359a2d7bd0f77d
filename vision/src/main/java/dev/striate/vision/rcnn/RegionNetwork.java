package dev.striate.vision.rcnn;

import dev.striate.data.batch.Preparation;
import dev.striate.graph.Network;
import dev.striate.graph.Outputs;
import dev.striate.graph.Shapes;
import dev.striate.vision.Inference;
import dev.striate.weights.ModelFile;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;

/// The fine-tuned network, compiled for the CPU, which gives the values of two layers beside its answer.
final class RegionNetwork implements AutoCloseable {
    private final ModelFile file;
    private final Network network;
    private final Inference inference;
    private final Preparation preparation;

    RegionNetwork(ModelFile file, RcnnSettings settings) {
        this.file = file;
        network = looked(file.network(), settings);
        inference = Inference.onPlan(network, file.tensors());
        preparation = new Preparation(file.preprocessing());
    }

    private static Network looked(Network network, RcnnSettings settings) {
        var outputs = new LinkedHashMap<String, Integer>();
        outputs.put(network.outputName(), network.output());
        for (var layer : layers(settings)) outputs.put(layer, network.index(layer));
        return network.reaching(outputs);
    }

    /// The layers whose values are kept: one, where machines and regression read the same.
    static List<String> layers(RcnnSettings settings) {
        return List.copyOf(new LinkedHashSet<>(List.of(settings.features(), settings.places())));
    }

    ModelFile file() {
        return file;
    }

    Preparation preparation() {
        return preparation;
    }

    /// The colour beyond pictures: the mean, which becomes 0.
    int[] fill() {
        return fill(file.preprocessing().mean());
    }

    static int[] fill(List<Double> mean) {
        return mean.stream().mapToInt(value -> (int) Math.round(value * 255)).toArray();
    }

    Outputs run(MemorySegment pixels, int n) {
        return inference.run(pixels, n);
    }

    @Override
    public void close() {
        inference.close();
    }
}
