package dev.striate.vision.explain;

import dev.striate.StriateException;
import dev.striate.data.picture.Picture;
import dev.striate.graph.Node;
import dev.striate.graph.Op;
import dev.striate.vision.report.ColourMaps;
import java.util.Optional;

/// The weights of a convolution.
///
/// @param values filters × channels × height × width
record Filters(String layer, int count, int channels, int height, int width, float[] values) {
    /// Of the layer of this name, or of the first convolution; refuses a layer that is none.
    static Filters of(Explainer explainer, Optional<String> layer) {
        var network = explainer.network();
        layer.ifPresent(name -> Layers.shape(network, name));
        var name = layer.orElseGet(() -> network.nodes().stream().filter(Filters::isConvolution).findFirst()
                .orElseThrow(() -> StriateException.network("A network with convolutional layers was expected; "
                        + network.name() + " has none."))
                .name());
        if (!isConvolution(network.nodes().get(network.index(name)))) {
            throw new StriateException("A convolution was expected; '" + name + "' of " + network.name() + " is "
                    + network.nodes().get(network.index(name)).op() + ".");
        }
        var weight = explainer.file().tensors().get(name + ".weight");
        var shape = weight.shape();
        return new Filters(name, shape.get(0), shape.get(1), shape.get(2), shape.get(3), weight.floats());
    }

    private static boolean isConvolution(Node node) {
        return node.op() instanceof Op.Conv;
    }

    /// Whether a filter's channels are colours.
    boolean isColoured() {
        return channels == 3;
    }

    /// The largest magnitude of all weights.
    float most() {
        var most = Float.MIN_NORMAL;
        for (var value : values) most = Math.max(most, Math.abs(value));
        return most;
    }

    /// A filter in colours about grey or, where its channels are none, their mean: blue below 0, red above.
    ///
    /// @param most what gets the full colour, either way
    Picture picture(int filter, float most) {
        var area = height * width;
        var from = filter * channels * area;
        if (!isColoured()) return ColourMaps.balance(mean(from, area), 0, width, height, most);
        var picture = Picture.black(width, height, 3);
        for (var c = 0; c < 3; c++) {
            for (var i = 0; i < area; i++) {
                picture.pixels()[3 * i + c] = (byte) Math
                        .clamp(Math.round(127.5 + 127.5 * values[from + c * area + i] / most), 0, 255);
            }
        }
        return picture;
    }

    private float[] mean(int from, int area) {
        var mean = new float[area];
        for (var i = 0; i < channels * area; i++) mean[i % area] += values[from + i] / channels;
        return mean;
    }

    /// The size of a filter in words.
    String words() {
        return channels + " × " + height + " × " + width
                + (isColoured() ? "; grey is 0" : channels == 1 ? "" : ", the mean of their channels");
    }
}
