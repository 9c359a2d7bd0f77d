/// What only the build needs: the formatter of all sources, run before anything else is compiled.
@NullMarked
package dev.striate.build;

import org.jspecify.annotations.NullMarked;
