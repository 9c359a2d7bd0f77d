/// What sees the whole house: the direction of its dependencies, and whether its documents tell the truth.
@NullMarked
package dev.striate.bench;

import org.jspecify.annotations.NullMarked;
