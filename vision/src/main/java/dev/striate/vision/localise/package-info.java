/// The class and the box of the one object in a picture (Simonyan and Zisserman 2014, appendix A):
/// [dev.striate.vision.localise.Localisation] is what training asks, [dev.striate.vision.localise.Localiser] what a
/// trained model answers.
///
/// ```java
/// try (var localiser = Localiser.open(Path.of("runs/resnet18-scenes-one-1"))) {
///     var found = localiser.localise(Pictures.read(Path.of("bird.jpg")));
///     System.out.println(found.label() + " at " + found.box());
/// }
/// ```
@NullMarked
package dev.striate.vision.localise;

import org.jspecify.annotations.NullMarked;
