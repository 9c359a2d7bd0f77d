/// oneDNN and the threads it runs on, as both engines use them: compiled plans and training beside libtorch.
///
/// [Cpu] is the processor as oneDNN sees it; an [Operation] is a primitive with the memory that it reads and writes.
/// [WorkerThreads] are Java's, each of which calls oneDNN on its own, while [OpenMp] keeps to the caller's thread.
/// Convolutions in fewer multiplications are in `dev.striate.onednn.winograd`.
@NullMarked
package dev.striate.onednn;

import org.jspecify.annotations.NullMarked;
