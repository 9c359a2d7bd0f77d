/// Random numbers that are a function of a key and an index, so that they depend on no order and no thread.
///
/// Start with [RandomStream]: a key; [Draws] reads one from its start.
///
/// ```java
/// var run = RandomStream.of(seed);
/// var order = run.at("order").at(epoch).permutation(pictures);
/// var draws = run.at("augmentation").at(epoch).at(picture).draws();
/// ```
@NullMarked
package dev.striate.random;

import org.jspecify.annotations.NullMarked;
