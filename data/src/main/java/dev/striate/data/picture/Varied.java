package dev.striate.data.picture;

/// A picture on its way through augmentation, and where the points of the decoded picture now are.
public record Varied(Picture picture, Affine placement) {
    /// The same place, other colours.
    public Varied coloured(Picture picture) {
        return new Varied(picture, placement);
    }

    public Varied moved(Picture picture, Affine step) {
        return new Varied(picture, placement.then(step));
    }

    /// A rectangle, which may lie partly outside, where it is black.
    public Varied window(int x, int y, int width, int height) {
        return moved(Pictures.window(picture, x, y, width, height, false), Affine.moved(-x, -y));
    }

    public Varied resized(int width, int height) {
        return moved(Pictures.resize(picture, width, height),
                Affine.scaled((double) width / picture.width(), (double) height / picture.height()));
    }
}
