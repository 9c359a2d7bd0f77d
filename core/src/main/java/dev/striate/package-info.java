/// The root of the library: the one exception type. Start reading at [dev.striate.graph.Network].
@NullMarked
package dev.striate;

import org.jspecify.annotations.NullMarked;
