/// The command `striate`: one class for each command, which reads its arguments, calls the library, and prints.
///
/// Start with [Main]; [Output] is how commands speak, [Failures] how they fail, [Source] what a `NET` may be.
@NullMarked
package dev.striate.cli;

import org.jspecify.annotations.NullMarked;
