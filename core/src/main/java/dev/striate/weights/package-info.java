/// Named tensors on disk, as plain values: safetensors, PyTorch's pickles, Darknet's weights, and Striate's model file.
///
/// Start with [ModelFile], one file that is all of a model; [StateDict] reads other people's weights, PyTorch's pickles among
/// them without executing any, and [SafeTensors] is the format under both.
///
/// ```java
/// var model = ModelFile.read(Path.of("model.safetensors"));
/// var weights = StateDict.read(Path.of("resnet20.th")).match(Zoo.network("resnet20")).whole();
/// ```
@NullMarked
package dev.striate.weights;

import org.jspecify.annotations.NullMarked;
