/// What the tasks share: a model opened for inference, whichever engine runs it.
@NullMarked
package dev.striate.vision;

import org.jspecify.annotations.NullMarked;
