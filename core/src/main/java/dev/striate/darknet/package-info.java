/// Darknet's files: a `.cfg` is read as a network and written from one, `.weights` are read and written.
///
/// ```java
/// var darknet = DarknetNetwork.read(Path.of("yolov3.cfg"));
/// var weights = DarknetWeights.read(Path.of("yolov3.weights"), darknet.network());
/// ```
/// Layers that Darknet has and that do not run here (recurrent ones, above all) are refused by name and line.
@NullMarked
package dev.striate.darknet;

import org.jspecify.annotations.NullMarked;
