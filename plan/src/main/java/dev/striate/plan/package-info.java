/// A network and its weights compiled for fast inference on the CPU with oneDNN.
///
/// Start with [Plan]. [Lowering] turns a network into a [LoweredNetwork], a list of [PlanStep]s with normalisations,
/// activations and sums folded into the layers before them; [Assembly] chooses memory layouts for one batch size and
/// creates oneDNN's primitives; an [ExecutionContext] is what one thread runs them with. A batch that divides among the
/// threads goes in [Stages], cut into pieces that the threads take ([Executors]); there 3×3 convolutions are done by tiles
/// ([TileRun]).
///
/// ```java
/// try (var plan = Plan.compile(network, weights, 8, PlanOptions.DEFAULT)) {
///     float[] logits = plan.run(pixels, 8);
/// }
/// ```
@NullMarked
package dev.striate.plan;

import org.jspecify.annotations.NullMarked;
