/// Videos and cameras as pictures one after the other, and videos written from pictures. Files go through FFmpeg, an
/// optional dependency (LGPL); cameras through OpenCV.
///
/// ```java
/// try (var frames = Videos.open(Path.of("street.mp4"));
///         var out = Videos.write(Path.of("out.mp4"), 640, 480, frames.framesPerSecond())) {
///     for (var frame = frames.next(); frame.isPresent(); frame = frames.next()) out.write(frame.get());
/// }
/// ```
@NullMarked
package dev.striate.data.video;

import org.jspecify.annotations.NullMarked;
