/// Pictures as plain values: reading, writing and resizing them, on OpenCV.
///
/// Start with [Picture] and the functions over it in [Pictures].
///
/// ```java
/// var picture = Pictures.read(Path.of("dog.jpg"));
/// Pictures.write(Pictures.resize(picture, 224, 224), Path.of("small.png"));
/// ```
@NullMarked
package dev.striate.data.picture;

import org.jspecify.annotations.NullMarked;
