/// Batches for a network: preparing pictures, varying them for training, loading ahead on threads.
///
/// Start with [Loader]; [Preparation] is how one picture becomes a network's input, everywhere.
///
/// ```java
/// var preparation = new Preparation(preprocessing);
/// try (var loader = Loader.of(mnist.train(), preparation, Loading.training(128, 1))) {
///     try (var batch = loader.next()) { step(batch.pixels(), batch.targets()); }
/// }
/// ```
@NullMarked
package dev.striate.data.batch;

import org.jspecify.annotations.NullMarked;
