/// The operations as plain functions on plain arrays, for those who learn them: start with [Convolutions], then
/// [Poolings], [Kernels] and [ConvolutionMatrix].
///
/// Simple loops, no library, float64; networks run elsewhere.
///
/// ```java
/// var edges = Convolutions.centered(picture, Kernels.SOBEL_VERTICAL.matrix());
/// var smaller = Poolings.max(edges, 2, 2);
/// ```
@NullMarked
package dev.striate.basics;

import org.jspecify.annotations.NullMarked;
