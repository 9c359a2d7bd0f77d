package dev.striate.data.face;

import dev.striate.StriateException;
import dev.striate.box.Box;
import dev.striate.data.picture.Affine;
import dev.striate.data.picture.Picture;
import dev.striate.data.picture.Pictures;
import dev.striate.graph.Size;

/// How a face becomes a square picture: by its landmarks, turned and scaled so that they lie where they lie in all such
/// pictures; without landmarks, by its box.
///
/// @param side of the picture, in pixels
/// @param margin what of a box's longer side is added on each side, where there are no landmarks
public record Alignment(int side, double margin) {
    /// Where the landmarks lie in a picture of 112×112: ArcFace's places (Deng et al. 2019), which others took over.
    private static final Landmarks TEMPLATE = Landmarks.of(38.2946, 51.6963, 73.5318, 51.5014, 56.0252, 71.7366,
            41.5493,
            92.3655, 70.7299, 92.2041);
    private static final int TEMPLATE_SIDE = 112;
    /// A picture that shrinks by more is shrunk by areas first, since linear interpolation would skip pixels.
    private static final double LEAST_SCALE = 0.5;

    public Alignment {
        if (side < 1 || !(margin >= 0 && Double.isFinite(margin))) {
            throw new StriateException(
                    "An alignment expects a side from 1 and a margin from 0; received " + side + " and "
                            + margin + ".");
        }
    }

    /// The face upright in the middle; what lies beyond the picture is black.
    public Picture of(Picture picture, Face face) {
        var placement = face.landmarks().map(this::placement).orElseGet(() -> placement(face.box(), picture.size()));
        var scale = Math.hypot(placement.xx(), placement.yx());
        if (scale >= LEAST_SCALE) return Pictures.warp(picture, placement, new Size(side, side));
        var shrunk = Shrunk.to(Math.max(1, (int) Math.round(picture.width() * scale)),
                Math.max(1, (int) Math.round(picture.height() * scale)), picture);
        return Pictures.warp(shrunk.picture(), shrunk.back().then(placement), new Size(side, side));
    }

    /// Where the landmarks lie in the square picture.
    public Landmarks template() {
        return TEMPLATE.moved(Affine.scaled((double) side / TEMPLATE_SIDE, (double) side / TEMPLATE_SIDE));
    }

    /// The map of one scale, one angle and a shift that brings the landmarks closest to the template, by least squares.
    public Affine placement(Landmarks landmarks) {
        return Similarity.between(landmarks.points(), template().points());
    }

    /// The map of the square about a box that holds it with the margin. At the picture's edges the square moves inwards; one
    /// larger than the picture is cut to its shorter side.
    public Affine placement(Box box, Size picture) {
        var wanted = Math.max(box.width(), box.height()) * (1 + 2 * margin);
        var length = Math.max(1, Math.min(wanted, Math.min(picture.width(), picture.height())));
        var left = Math.clamp(box.centerX() - length / 2, 0, picture.width() - length);
        var top = Math.clamp(box.centerY() - length / 2, 0, picture.height() - length);
        return Affine.moved(-left, -top).then(Affine.scaled(side / length, side / length));
    }
}
