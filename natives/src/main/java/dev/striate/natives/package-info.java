/// Process settings that must be in place before a native library is loaded.
///
/// A module of its own, below all that load one, so that what reads pictures does not need oneDNN, nor core either.
@NullMarked
package dev.striate.natives;

import org.jspecify.annotations.NullMarked;
