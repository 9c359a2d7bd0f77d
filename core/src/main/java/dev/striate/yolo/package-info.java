/// YOLO's output layers (Redmon et al. 2016 to 2018): what their maps mean, and what training makes of them, both as Darknet
/// computes it.
///
/// ```java
/// var heads = YoloHeads.of(network);
/// List<Detection> found = heads.decode(inference.run(pixels, 1), 0, 0.25);
/// ```
@NullMarked
package dev.striate.yolo;

import org.jspecify.annotations.NullMarked;
