/// The table of `striate bench`: networks timed side by side on the user's machine.
///
/// Start at [SpeedTable], which has each contender take its turns. A turn is a process: [Worker] for what runs on the
/// JVM, `peers/pytorch_bench.py` for PyTorch; both read a [WorkItem] from their arguments and print a [Measurement] as one
/// line of JSON. [Prepared] writes what all of them read. [Report] is what came out, [Terminal] and [Markdown] show it.
@NullMarked
package dev.striate.bench.table;

import org.jspecify.annotations.NullMarked;
