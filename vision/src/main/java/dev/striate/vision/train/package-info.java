/// Training, whatever the task: a [dev.striate.vision.train.Run] says all that a training is told,
/// [dev.striate.vision.train.Training] carries it out in a folder and resumes it at the exact step,
/// [dev.striate.vision.train.Event]s tell how it goes. What it asks of a task is
/// [dev.striate.vision.train.Trainable]; it sees no task itself.
@NullMarked
package dev.striate.vision.train;

import org.jspecify.annotations.NullMarked;
