/// The objects in pictures, their classes and boxes: [dev.striate.vision.detect.ObjectFinder] is what finds them,
/// [dev.striate.vision.detect.Detected] what it says of a picture; [dev.striate.vision.detect.VideoDetection] goes through a
/// video.
///
/// ```java
/// var found = detector.find(picture, Thresholds.DEFAULT);
/// Pictures.write(found.on(picture), Path.of("street-objects.png"));
/// ```
@NullMarked
package dev.striate.vision.detect;

import org.jspecify.annotations.NullMarked;
