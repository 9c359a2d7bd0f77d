/// R-CNN (Girshick et al. 2014): a classifier looks at one proposal of selective search after the other, a linear support
/// vector machine for each class, or the classifier's own softmax, says what is in it, and a ridge regression moves its box.
/// Start at [dev.striate.vision.rcnn.RcnnTraining], and at [dev.striate.vision.rcnn.Rcnn] for what came of it.
///
/// ```java
/// var run = RcnnRun.of(Zoo.network("alexnet"), pictures, "voc:VOC2007", RcnnSettings.paper("relu7", "maxPool3"), recipe);
/// new RcnnTraining(run, pictures, folder, Device.CPU, Event.Listener.none()).run();
/// try (var rcnn = Rcnn.open(folder)) {
///     var found = rcnn.detect(picture, Thresholds.DEFAULT);
/// }
/// ```
@NullMarked
package dev.striate.vision.rcnn;

import org.jspecify.annotations.NullMarked;
