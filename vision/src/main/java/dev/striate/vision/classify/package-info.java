/// What is this? [Classification] is what training asks of classifiers, [Classifier] answers from a model file,
/// [Evaluation] measures.
///
/// ```java
/// try (var classifier = Classifier.open(Path.of("runs/flowers-1"))) {
///     var first = classifier.predict(Path.of("rose.jpg")).getFirst();
/// }
/// ```
@NullMarked
package dev.striate.vision.classify;

import org.jspecify.annotations.NullMarked;
