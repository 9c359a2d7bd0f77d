/// Faces in pictures: found, and brought to where a network expects them.
///
/// Start with [dev.striate.data.face.FaceFinder], which finds them, and [dev.striate.data.face.Alignment], which cuts them
/// out upright and all of one size.
///
/// ```java
/// var picture = Pictures.read(Path.of("jane.jpg"));
/// try (var finder = FaceFinder.yunet(Path.of("face_detection_yunet_2023mar.onnx"))) {
///     var face = new Alignment(160, 0.15).of(picture, finder.one(picture, "jane.jpg"));
///     Pictures.write(face, Path.of("face.png"));
/// }
/// ```
@NullMarked
package dev.striate.data.face;

import org.jspecify.annotations.NullMarked;
