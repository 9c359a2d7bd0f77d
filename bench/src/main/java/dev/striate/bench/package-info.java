/// Measurements: each prints medians, and runs a peer beside it in the same session where one is installed.
@NullMarked
package dev.striate.bench;

import org.jspecify.annotations.NullMarked;
