package dev.striate.bench.table;

import dev.striate.graph.Network;
import dev.striate.graph.Shape;
import dev.striate.graph.Shapes;
import dev.striate.plan.Plan;
import dev.striate.plan.PlanOptions;
import dev.striate.weights.TensorData;
import dev.striate.yolo.YoloHeads;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.stream.IntStream;

/// Makes the outputs of a detector with random weights look like a trained one's, since what its boxes cost depends on how
/// many there are: values of deviation 1, one box in a hundred that is sure enough, and of its classes about one.
final class LastLayers {
    /// A box's numbers before its classes: x, y, width, height, objectness.
    private static final int OBJECTNESS = 4;
    private static final double BOXES = 0.01;
    private static final double SURE_CLASS = 0.9;

    private LastLayers() {}

    /// The same tensors but for those of the layers that the output layers read.
    static SequencedMap<String, TensorData> likeTrained(Network network, SequencedMap<String, TensorData> tensors) {
        var changed = new LinkedHashMap<>(tensors);
        var shapes = Shapes.of(network);
        var classes = YoloHeads.of(network).classes();
        try (var plan = Plan.compile(network, tensors, 1, PlanOptions.DEFAULT)) {
            var outputs = plan.run(Pixels.noise(network.input(), 1), 1);
            network.outputs().forEach((name, output) -> {
                var layer = network.nodes().get(network.nodes().get(output).inputs().getFirst()).name();
                var values = new Values(outputs.get(name), shapes.get(output), classes);
                changed.computeIfPresent(layer + ".weight", (_, weight) -> scaled(weight, 1 / values.deviation()));
                changed.computeIfPresent(layer + ".bias", (_, bias) -> TensorData.of(bias.shape(), values.shifts()));
            });
        }
        return changed;
    }

    private static TensorData scaled(TensorData tensor, double factor) {
        var values = tensor.floats();
        for (var i = 0; i < values.length; i++) values[i] *= (float) factor;
        return TensorData.of(tensor.shape(), values);
    }

    /// An output of one picture.
    private record Values(float[] values, Shape shape, int classes) {
        double deviation() {
            var squares = IntStream.range(0, values.length).mapToDouble(i -> (double) values[i] * values[i]);
            return Math.sqrt(squares.average().orElse(1));
        }

        /// What is added to each channel; to the vector of YOLO v1, whose boxes have no logistic function, nothing.
        float[] shifts() {
            var shifts = new float[shape.channels()];
            if (shape.isVector()) return shifts;
            var objectness = shift(OBJECTNESS, OBJECTNESS + 1, BOXES, DetectorRunner.SCORE);
            var each = shift(OBJECTNESS + 1, entries(), 1.0 / classes, SURE_CLASS);
            for (var channel = 0; channel < shifts.length; channel++) {
                var entry = channel % entries();
                shifts[channel] = (float) (entry < OBJECTNESS ? 0 : entry == OBJECTNESS ? objectness : each);
            }
            return shifts;
        }

        private int entries() {
            return OBJECTNESS + 1 + classes;
        }

        /// With what this share of some of a box's numbers are above a probability.
        private double shift(int from, int to, double share, double probability) {
            var area = shape.size().area();
            var sorted = IntStream.range(0, values.length)
                    .filter(i -> i / area % entries() >= from && i / area % entries() < to)
                    .mapToDouble(i -> values[i]).sorted().toArray();
            var quantile = sorted[(int) Math.min((1 - share) * sorted.length, sorted.length - 1)];
            return Math.log(probability / (1 - probability)) - quantile / deviation();
        }
    }
}
