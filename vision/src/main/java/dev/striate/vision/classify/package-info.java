/// What is this? Training a classifier, measuring it, and asking it.
///
/// A [Run] is what a training is told, resolved and saved before it starts; [Training] carries it out in a folder of
/// its own and can go on where it was cut off; [Classifier] answers from a model file; [Evaluation] measures.
@NullMarked
package dev.striate.vision.classify;

import org.jspecify.annotations.NullMarked;
