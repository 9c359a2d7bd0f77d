package dev.striate.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/// Boxes from a detector's raw outputs by what its ONNX file says of them, and by nothing else: as a reader in another
/// language would write it.
record FileDecoder(JsonNode decoding) {
    /// A box by its centre, width and height in pixels of the input.
    record Found(double x, double y, double width, double height, int label, double score) {}

    List<Found> boxes(Map<String, float[]> outputs, int picture, double least) {
        var found = new ArrayList<Found>();
        decoding.get("outputs").properties().forEach(output -> {
            var how = output.getValue();
            var all = outputs.get(output.getKey());
            var each = how.get("shape").values().stream().mapToInt(JsonNode::asInt).reduce(1, (a, b) -> a * b);
            var values = Arrays.copyOfRange(all, picture * each, (picture + 1) * each);
            if (how.get("kind").asString().equals("detection")) addGrid(how, values, least, found);
            else addMap(how, values, least, found);
        });
        return found.stream().filter(box -> Double.isFinite(box.x + box.y + box.width + box.height))
                .filter(box -> box.width >= 0 && box.height >= 0).toList();
    }

    private static void addMap(JsonNode how, float[] values, double least, List<Found> found) {
        var rows = how.at("/shape/1").asInt();
        var columns = how.at("/shape/2").asInt();
        var classes = how.get("classes").asInt();
        var stretch = how.get("stretch").asDouble();
        for (var anchor = 0; anchor < how.get("anchors").size(); anchor++) {
            for (var row = 0; row < rows; row++) {
                for (var column = 0; column < columns; column++) {
                    var numbers = new double[5 + classes];
                    for (var entry = 0; entry < numbers.length; entry++) {
                        numbers[entry] = values[((anchor * (5 + classes) + entry) * rows + row) * columns + column];
                    }
                    var scores = scores(how, numbers);
                    for (var label = 0; label < classes; label++) {
                        if (scores[label] <= least) continue;
                        found.add(new Found(
                                (column + stretch * sigmoid(numbers[0]) - (stretch - 1) / 2)
                                        * how.at("/stride/0").asDouble(),
                                (row + stretch * sigmoid(numbers[1]) - (stretch - 1) / 2)
                                        * how.at("/stride/1").asDouble(),
                                Math.exp(numbers[2]) * how.at("/anchors/" + anchor + "/0").asDouble(),
                                Math.exp(numbers[3]) * how.at("/anchors/" + anchor + "/1").asDouble(), label,
                                scores[label]));
                    }
                }
            }
        }
    }

    private static double[] scores(JsonNode how, double[] numbers) {
        var classes = Arrays.copyOfRange(numbers, 5, numbers.length);
        var objectness = sigmoid(numbers[4]);
        if (!how.get("tree").isNull()) return ofTree(how.get("tree"), classes, objectness);
        var shares = how.get("share").asString().equals("softmax") ? softmax(classes)
                : Arrays.stream(classes).map(FileDecoder::sigmoid).toArray();
        return Arrays.stream(shares).map(share -> objectness * share).toArray();
    }

    private static double[] ofTree(JsonNode tree, double[] classes, double objectness) {
        var parents = tree.get("parents").values().stream().mapToInt(JsonNode::asInt).toArray();
        var at = -1;
        var probability = 1.0;
        while (true) {
            var parent = at;
            var below = IntStream.range(0, parents.length).filter(k -> parents[k] == parent).toArray();
            if (below.length == 0) break;
            var shares = softmax(Arrays.stream(below).mapToDouble(k -> classes[k]).toArray());
            var best = 0;
            for (var i = 1; i < shares.length; i++) if (shares[i] > shares[best]) best = i;
            if (at >= 0 && probability * shares[best] <= tree.get("threshold").asDouble()) break;
            at = below[best];
            probability *= shares[best];
        }
        var scores = new double[classes.length];
        scores[at] = objectness;
        return scores;
    }

    private void addGrid(JsonNode how, float[] values, double least, List<Found> found) {
        var side = how.get("side").asInt();
        var boxes = how.get("boxes").asInt();
        var classes = how.get("classes").asInt();
        var width = decoding.at("/input/width").asInt();
        var height = decoding.at("/input/height").asInt();
        for (var cell = 0; cell < side * side; cell++) {
            var numbers = new double[classes];
            for (var k = 0; k < classes; k++) numbers[k] = values[cell * classes + k];
            var shares = how.get("share").asString().equals("softmax") ? softmax(numbers) : numbers;
            for (var box = 0; box < boxes; box++) {
                var confidence = values[side * side * classes + cell * boxes + box];
                var at = side * side * (classes + boxes) + (cell * boxes + box) * 4;
                for (var k = 0; k < classes; k++) {
                    if (confidence * shares[k] <= least) continue;
                    found.add(new Found((cell % side + (double) values[at]) / side * width,
                            (cell / side + (double) values[at + 1]) / side * height,
                            length(how, values[at + 2]) * width,
                            length(how, values[at + 3]) * height, k, confidence * shares[k]));
                }
            }
        }
    }

    private static double length(JsonNode how, double number) {
        return how.get("roots").asBoolean() ? number * number : number;
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    private static double[] softmax(double[] numbers) {
        var sum = Arrays.stream(numbers).map(Math::exp).sum();
        return Arrays.stream(numbers).map(x -> Math.exp(x) / sum).toArray();
    }
}
