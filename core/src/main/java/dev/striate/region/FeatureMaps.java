package dev.striate.region;

import dev.striate.StriateException;
import dev.striate.graph.Shape;

/// The maps that a network gives for a batch of pictures.
///
/// @param values N × channels × height × width, row-major
/// @param shape of one picture's maps
public record FeatureMaps(Values values, Shape shape) {
    public FeatureMaps {
        if (values.length() % shape.elements() != 0) {
            throw new StriateException("Maps of " + shape + " expect a multiple of " + shape.elements()
                    + " values; received " + values.length() + ".");
        }
    }

    public int pictures() {
        return (int) (values.length() / shape.elements());
    }

    /// Where the map of a picture and channel begins.
    int start(int picture, int channel) {
        return (picture * shape.channels() + channel) * shape.size().area();
    }
}
