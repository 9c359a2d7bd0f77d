/// Measurements: each prints medians, and runs a peer beside it in the same run where one is installed. The table of
/// `striate bench` is in `table`; bench/README.md says how to run the others.
@NullMarked
package dev.striate.bench;

import org.jspecify.annotations.NullMarked;
