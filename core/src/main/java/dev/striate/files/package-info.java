/// What files and folders have in common, whatever is in them: why the file system refused one, and folders that are
/// removed with all that they hold. [dev.striate.weights.AtomicFile] writes files.
@NullMarked
package dev.striate.files;

import org.jspecify.annotations.NullMarked;
