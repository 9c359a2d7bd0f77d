/// The class of every pixel: [dev.striate.vision.segment.Segmentation] is what training asks,
/// [dev.striate.vision.segment.Segmenter] what a trained model answers.
///
/// ```java
/// try (var segmenter = Segmenter.open(Path.of("runs/fcn8s_small-scenes-masks-1"))) {
///     var mask = segmenter.segment(Pictures.read(Path.of("street.jpg")));   // as large as the picture
/// }
/// ```
@NullMarked
package dev.striate.vision.segment;

import org.jspecify.annotations.NullMarked;
