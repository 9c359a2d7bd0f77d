/// A network and its weights compiled for fast inference on the CPU with oneDNN.
///
/// Start with [Plan]. [Lowering] turns a network into a list of [Step]s, with normalisations, activations and sums folded
/// into the layers before them; [Assembly] chooses memory layouts for one batch size and creates oneDNN's primitives;
/// a [Context] is the memory in which one thread runs them. A batch that divides among the threads is cut into a part for
/// each (a [Team]); there 3×3 convolutions are done by tiles ([Winograd]).
///
/// ```java
/// try (var plan = Plan.compile(network, weights, 8, Settings.DEFAULT)) {
///     float[] logits = plan.run(pixels, 8);
/// }
/// ```
@NullMarked
package dev.striate.plan;

import org.jspecify.annotations.NullMarked;
