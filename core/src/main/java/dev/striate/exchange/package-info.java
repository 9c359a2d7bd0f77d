/// Models from other programs, and for them: weights by name into a [dev.striate.weights.ModelFile] and out of it.
///
/// ```java
/// var imported = Imports.read(Path.of("resnet18.pth"), Zoo.network("resnet18"));
/// imported.model().write(Path.of("resnet18.safetensors"));
/// ```
@NullMarked
package dev.striate.exchange;

import org.jspecify.annotations.NullMarked;
