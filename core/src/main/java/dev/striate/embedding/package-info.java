/// Networks that tell whether two pictures show the same, and the triplets that they learn from.
///
/// ```java
/// var network = Towers.fitted(Zoo.network("resnet18"), 128);
/// var towers = Towers.of(network);
/// System.out.println(towers.dimensions()); // 128
/// ```
@NullMarked
package dev.striate.embedding;

import org.jspecify.annotations.NullMarked;
