package dev.striate.data.set;

import dev.striate.data.picture.Picture;
import dev.striate.graph.Size;

/// A set that remembers the sizes of the pictures that were read.
public final class Sized implements Wrapped {
    private final DataSet whole;
    private final Size[] sizes;

    public Sized(DataSet whole) {
        this.whole = whole;
        sizes = new Size[whole.size()];
    }

    @Override
    public DataSet whole() {
        return whole;
    }

    @Override
    public Picture picture(int index) {
        var picture = whole.picture(index);
        sizes[index] = picture.size();
        return picture;
    }

    /// The size of a picture that was read.
    public Size size(int index) {
        return sizes[index];
    }
}
