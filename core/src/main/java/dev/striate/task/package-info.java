/// What models answer: [dev.striate.task.Task].
@NullMarked
package dev.striate.task;

import org.jspecify.annotations.NullMarked;
