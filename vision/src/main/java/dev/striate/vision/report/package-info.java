/// What a run is shown by: curves, a confusion matrix and mosaics as pictures, and TensorBoard's event files.
///
/// Nothing here knows a task: [Curves] draws numbers over steps, [ConfusionMatrix] counts, [Mosaic] pictures with
/// captions, all on a [Canvas]; [EventFile] writes scalars.
@NullMarked
package dev.striate.vision.report;

import org.jspecify.annotations.NullMarked;
