package dev.striate.vision.segment;

import dev.striate.data.picture.Picture;
import dev.striate.data.set.DataSet;
import dev.striate.graph.Layer;
import dev.striate.graph.Network;
import dev.striate.graph.Size;
import dev.striate.recipe.Preprocessing;
import dev.striate.target.Target;
import dev.striate.target.Target.Mask;
import dev.striate.task.Task;
import dev.striate.weights.ModelFile;
import dev.striate.weights.TensorData;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// Pictures whose pixels are red, green or blue, and a network, made by hand, whose scores are the colours themselves.
record Colours(List<Picture> pictures, List<Mask> masks) implements DataSet {
    static final List<String> LABELS = List.of("red", "green", "blue");

    /// One row of classes for each row of a picture: "rgb".
    static Picture picture(String... rows) {
        var pixels = new byte[3 * rows.length * rows[0].length()];
        var joined = String.join("", rows);
        for (var i = 0; i < joined.length(); i++) pixels[3 * i + "rgb".indexOf(joined.charAt(i))] = (byte) 255;
        return new Picture(rows[0].length(), rows.length, 3, pixels);
    }

    /// The same for a mask; '-' has no class.
    static Mask mask(String... rows) {
        var joined = String.join("", rows);
        var classes = new byte[joined.length()];
        for (var i = 0; i < classes.length; i++) {
            classes[i] = (byte) (joined.charAt(i) == '-' ? Mask.IGNORED : "rgb".indexOf(joined.charAt(i)));
        }
        return new Mask(new Size(rows.length, rows[0].length()), classes);
    }

    /// Scores each class by its colour, ten for a whole one.
    static ModelFile model(int height, int width, Preprocessing.Fit fit) {
        var network = network(height, width);
        var tensors = new LinkedHashMap<String, TensorData>();
        tensors.put("score.weight", TensorData.of(List.of(3, 3, 1, 1), new float[] { 10, 0, 0, 0, 10, 0, 0, 0, 10 }));
        tensors.put("score.bias", TensorData.of(List.of(3), new float[3]));
        return new ModelFile(network, Preprocessing.plain(network.input(), fit), new Task.Segmentation(LABELS),
                Optional.empty(), tensors);
    }

    static Network network(int height, int width) {
        return Layer.input(3, height, width).at("score").conv(3, 1).network("colours");
    }

    @Override
    public List<String> classes() {
        return LABELS;
    }

    @Override
    public int size() {
        return pictures.size();
    }

    @Override
    public Target target(int index) {
        return masks.get(index);
    }

    @Override
    public String name(int index) {
        return "colours#" + index;
    }

    @Override
    public Picture picture(int index) {
        return pictures.get(index);
    }
}
