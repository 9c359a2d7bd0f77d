package dev.striate.vision.features;

import dev.striate.StriateException;
import dev.striate.data.set.DataSet;
import dev.striate.data.set.PictureFiles;
import dev.striate.json.Json;
import dev.striate.torch.Device;
import dev.striate.weights.SafeTensors;
import dev.striate.weights.TensorData;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.IntStream;

/// The output of one layer for each of some pictures: `vectors` is N×D, row-major, D the layer's channels · height · width.
public record Features(Path model, String layer, List<String> pictures, float[] vectors) {
    private static final String MODEL = "striate.model";
    private static final String LAYER = "striate.layer";
    private static final String PICTURES = "striate.pictures";
    private static final String TENSOR = "features";

    public Features {
        pictures = List.copyOf(pictures);
        if (pictures.isEmpty() || vectors.length % pictures.size() != 0) {
            throw new StriateException(
                    "Features expect a vector of one length for each of at least one picture; received "
                            + vectors.length + " values for " + pictures.size() + " pictures.");
        }
    }

    /// A picture, and the cosine of the angle between its vector and the one asked for.
    public record Neighbour(String picture, double similarity) {}

    /// Runs a model as far as a layer on each picture.
    public static Features of(Path model, String layer, List<Path> pictures, Device device) {
        return of(model, layer, new PictureFiles(pictures), device);
    }

    /// The same for the pictures of a data set.
    public static Features of(Path model, String layer, DataSet pictures, Device device) {
        try (var extractor = new Extractor(model, layer, device)) {
            var names = IntStream.range(0, pictures.size()).mapToObj(pictures::name).toList();
            return new Features(model.toAbsolutePath(), layer, names, extractor.vectors(pictures));
        }
    }

    public int dimensions() {
        return vectors.length / pictures.size();
    }

    /// The pictures whose vectors point most nearly the same way, the nearest first.
    public List<Neighbour> nearest(float[] vector, int count) {
        if (vector.length != dimensions()) {
            throw new StriateException("A vector of " + dimensions() + " values was expected; received "
                    + vector.length + ".");
        }
        return IntStream.range(0, pictures.size())
                .mapToObj(i -> new Neighbour(pictures.get(i), cosine(i, vector)))
                .sorted(Comparator.comparingDouble(Neighbour::similarity).reversed())
                .limit(count).toList();
    }

    /// The same for a picture, through the model that the features came from.
    public List<Neighbour> nearest(Path picture, int count, Device device) {
        try (var extractor = new Extractor(model, layer, device)) {
            return nearest(extractor.vector(picture), count);
        }
    }

    private double cosine(int row, float[] vector) {
        var product = 0.0;
        var squares = 0.0;
        var others = 0.0;
        for (var i = 0; i < vector.length; i++) {
            var value = vectors[row * vector.length + i];
            product += (double) value * vector[i];
            squares += (double) value * value;
            others += (double) vector[i] * vector[i];
        }
        return product / Math.max(1e-30, Math.sqrt(squares * others));
    }

    /// Writes one safetensors file: the tensor `features`, and where it came from as metadata.
    public void write(Path file) {
        var metadata = new LinkedHashMap<String, String>();
        metadata.put(MODEL, model.toString());
        metadata.put(LAYER, layer);
        metadata.put(PICTURES, Json.write(pictures.toArray(String[]::new), String[].class));
        var tensors = new LinkedHashMap<String, TensorData>();
        tensors.put(TENSOR, TensorData.of(List.of(pictures.size(), dimensions()), vectors));
        new SafeTensors(metadata, tensors).write(file);
    }

    /// Reads what [#write] wrote.
    public static Features read(Path file) {
        var stored = SafeTensors.read(file);
        var tensor = stored.tensors().get(TENSOR);
        var metadata = stored.metadata();
        if (tensor == null || !metadata.keySet().containsAll(List.of(MODEL, LAYER, PICTURES))) {
            throw StriateException.file("A file of features was expected; " + file + " holds none.");
        }
        var pictures = List.of(Json.read(metadata.get(PICTURES), String[].class, "the pictures of " + file));
        return new Features(Path.of(metadata.get(MODEL)), metadata.get(LAYER), pictures, tensor.floats());
    }
}
