package dev.striate.data.face;

import dev.striate.box.Box;
import dev.striate.data.picture.Affine;
import java.util.Optional;

/// A face in a picture.
///
/// @param box in the picture's pixels; it may reach beyond the picture
/// @param score how sure the finder is, by its own measure: more is surer
/// @param landmarks where the finder tells them
public record Face(Box box, double score, Optional<Landmarks> landmarks) {
    Face moved(Affine affine) {
        return new Face(affine.of(box), score, landmarks.map(points -> points.moved(affine)));
    }
}
