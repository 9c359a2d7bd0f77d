/// Models for other runtimes, where that takes pictures: [Rounded] calibrates a model for int8.
///
/// ```java
/// OnnxFile.of(model, Rounded.on(model, pictures.train(), 64, Calibration.DEFAULT)).write(file);
/// ```
@NullMarked
package dev.striate.vision.export;

import org.jspecify.annotations.NullMarked;
