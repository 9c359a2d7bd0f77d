/// What the modules that load native libraries share before they do.
@NullMarked
package dev.striate.natives;

import org.jspecify.annotations.NullMarked;
