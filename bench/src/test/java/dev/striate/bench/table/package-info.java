/// The table of `striate bench`, from fixed figures and from a small network.
@NullMarked
package dev.striate.bench.table;

import org.jspecify.annotations.NullMarked;
