/// Networks as ONNX, for everybody else's runtime.
///
/// Start with [OnnxFile]. [Translation] reads a network, one arm for each operation; an arm adds ONNX's operators to a
/// [GraphBuilder] through its [NodeWriter] there. What ONNX lacks is composed of what it has.
///
/// ```java
/// OnnxFile.of(ModelFile.read(Path.of("resnet18.safetensors"))).write(Path.of("resnet18.onnx"));
/// ```
@NullMarked
package dev.striate.onnx;

import org.jspecify.annotations.NullMarked;
