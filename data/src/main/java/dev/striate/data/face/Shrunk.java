package dev.striate.data.face;

import dev.striate.data.picture.Affine;
import dev.striate.data.picture.Picture;
import dev.striate.data.picture.Pictures;

/// A picture that was made smaller, and the way back to its own pixels.
record Shrunk(Picture picture, Affine back) {
    /// The longer side has at most so many pixels.
    static Shrunk to(int longest, Picture picture) {
        var scale = (double) longest / Math.max(picture.width(), picture.height());
        if (scale >= 1) return new Shrunk(picture, Affine.IDENTITY);
        return to(Math.max(1, (int) Math.round(picture.width() * scale)),
                Math.max(1, (int) Math.round(picture.height() * scale)), picture);
    }

    static Shrunk to(int width, int height, Picture picture) {
        return new Shrunk(Pictures.resize(picture, width, height),
                Affine.scaled((double) picture.width() / width, (double) picture.height() / height));
    }
}
