package dev.striate.data.picture;

/// A picture on its way through augmentation, where the points of the decoded picture now are, and what of the picture
/// still shows it.
public record Varied(Picture picture, Affine placement, VisibleArea visible) {
    /// After one step, or none: whatever lies in the picture is seen.
    public Varied(Picture picture, Affine placement) {
        this(picture, placement, VisibleArea.of(picture.size()));
    }

    /// The same place, other colours.
    public Varied coloured(Picture picture) {
        return new Varied(picture, placement, visible);
    }

    public Varied moved(Picture picture, Affine step) {
        return new Varied(picture, placement.then(step), visible.moved(step, picture.size()));
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
