/// Networks run and trained on libtorch, on the CPU or a CUDA device; the only package that sees its tensors.
///
/// Start with [Model], a network with its parameters on a device, and [Trainer], which takes it a step at a time.
/// A [Program] is a network prepared for running: one [Kernel] for each node. A [Pass] is one run through it,
/// forward and, in training, backward; it frees each value as soon as nobody needs it.
@NullMarked
package dev.striate.torch;

import org.jspecify.annotations.NullMarked;
