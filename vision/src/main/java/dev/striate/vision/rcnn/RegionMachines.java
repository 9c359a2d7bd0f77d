package dev.striate.vision.rcnn;

import dev.striate.StriateException;
import dev.striate.json.Json;
import dev.striate.weights.SafeTensors;
import dev.striate.weights.TensorData;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.IntStream;

/// A support vector machine and a regression of boxes for each class, with the settings that they were made by.
record RegionMachines(RcnnSettings settings, List<LinearSvm> machines, List<BoxRidge> regressions) {
    private static final String SETTINGS = "striate.rcnn";

    RegionMachines {
        machines = List.copyOf(machines);
        regressions = List.copyOf(regressions);
    }

    /// Writes one safetensors file.
    void write(Path file) {
        var classes = machines.size();
        var metadata = new LinkedHashMap<String, String>();
        metadata.put(SETTINGS, Json.write(settings, RcnnSettings.class));
        var tensors = new LinkedHashMap<String, TensorData>();
        var features = machines.getFirst().weights().length;
        var places = regressions.getFirst().weights().length;
        var weights = new float[classes * features];
        var biases = new double[classes];
        var boxes = new double[classes * places];
        var intercepts = new double[classes * BoxRidge.OFFSETS];
        for (var k = 0; k < classes; k++) {
            System.arraycopy(machines.get(k).weights(), 0, weights, k * features, features);
            biases[k] = machines.get(k).bias();
            System.arraycopy(regressions.get(k).weights(), 0, boxes, k * places, places);
            System.arraycopy(regressions.get(k).intercepts(), 0, intercepts, k * BoxRidge.OFFSETS, BoxRidge.OFFSETS);
        }
        tensors.put("svm.weight", TensorData.of(List.of(classes, features), weights));
        tensors.put("svm.bias", TensorData.of(List.of(classes), biases));
        tensors.put("box.weight", TensorData.of(List.of(classes, places / BoxRidge.OFFSETS, BoxRidge.OFFSETS), boxes));
        tensors.put("box.bias", TensorData.of(List.of(classes, BoxRidge.OFFSETS), intercepts));
        new SafeTensors(metadata, tensors).write(file);
    }

    /// Reads what [#write] wrote.
    static RegionMachines read(Path file) {
        var stored = SafeTensors.read(file);
        var settings = stored.metadata().get(SETTINGS);
        if (settings == null || !stored.tensors().keySet()
                .containsAll(List.of("svm.weight", "svm.bias", "box.weight", "box.bias"))) {
            throw StriateException.file("The machines of an R-CNN were expected; " + file + " holds none.");
        }
        var weights = stored.tensors().get("svm.weight");
        var classes = weights.shape().getFirst();
        var floats = weights.floats();
        var biases = doubles(stored.tensors().get("svm.bias"));
        var boxes = doubles(stored.tensors().get("box.weight"));
        var intercepts = doubles(stored.tensors().get("box.bias"));
        return new RegionMachines(Json.read(settings, RcnnSettings.class, "the settings of " + file),
                IntStream.range(0, classes).mapToObj(k -> new LinearSvm(Arrays.copyOfRange(floats,
                        k * floats.length / classes, (k + 1) * floats.length / classes), biases[k])).toList(),
                IntStream.range(0, classes).mapToObj(k -> new BoxRidge(part(boxes, k, classes),
                        part(intercepts, k, classes))).toList());
    }

    private static double[] part(double[] values, int index, int parts) {
        var length = values.length / parts;
        return Arrays.copyOfRange(values, index * length, (index + 1) * length);
    }

    private static double[] doubles(TensorData tensor) {
        return IntStream.range(0, Math.toIntExact(tensor.elements())).mapToDouble(tensor::value).toArray();
    }
}
