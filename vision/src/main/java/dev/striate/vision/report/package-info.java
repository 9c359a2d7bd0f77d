/// What a run is shown by: curves, a confusion matrix and mosaics as pictures, and TensorBoard's event files.
///
/// Nothing here knows how it was measured: [Curves] draws numbers over steps, [PrecisionRecall] what detectors find,
/// [ConfusionMatrix] counts, [Mosaic] pictures with captions, [Annotations] boxes and masks on pictures, all on a [Canvas];
/// [EventFile] writes scalars.
///
/// ```java
/// var marked = Annotations.boxes(picture, List.of(BoxLabel.scored(box, 7, labels, 0.97)));
/// ```
@NullMarked
package dev.striate.vision.report;

import org.jspecify.annotations.NullMarked;
