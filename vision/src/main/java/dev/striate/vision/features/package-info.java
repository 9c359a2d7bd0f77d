/// What a network's layers say of pictures, as vectors: saved, and used to find the nearest pictures.
///
/// ```java
/// var features = Features.of(Path.of("model.safetensors"), "avgpool", pictures, Device.CPU);
/// features.write(Path.of("features.safetensors"));
/// features.nearest(Path.of("photo.jpg"), 5, Device.CPU);
/// ```
@NullMarked
package dev.striate.vision.features;

import org.jspecify.annotations.NullMarked;
