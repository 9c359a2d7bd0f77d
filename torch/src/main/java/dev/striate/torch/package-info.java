/// Networks run and trained on libtorch, on the CPU or a CUDA device; the only package that sees its tensors.
///
/// Start with [Model], a network with its parameters on a device, and [Trainer], which takes it a step at a time.
/// An [OpenPass] stays open for gradients that plain code makes; an [ArrayOptimizer] follows them.
///
/// Below: an [ExecutionGraph] is a network prepared for a [Purpose], with one [Kernel] for each node ([Kernels] has the
/// list). A [Pass] is one run through it, forward and, in training, backward; it frees each value as soon as nobody needs
/// it. A kernel sees its node's [NodeContext] and nothing of the pass. [OptimizerSteps] move flat tensors.
@NullMarked
package dev.striate.torch;

import org.jspecify.annotations.NullMarked;
