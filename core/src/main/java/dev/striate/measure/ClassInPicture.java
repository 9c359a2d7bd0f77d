package dev.striate.measure;

import dev.striate.detect.Detection;
import dev.striate.target.Target;
import dev.striate.target.Target.LabelledBox;
import java.util.List;

/// The objects of one class in one picture, and what was found of it there, the best first.
record ClassInPicture(List<LabelledBox> truths, List<Detection> detections) {
    static ClassInPicture of(int label, Target.Objects truth, List<Detection> best) {
        return new ClassInPicture(truth.boxes().stream().filter(object -> object.label() == label).toList(),
                best.stream().filter(detection -> detection.label() == label).toList());
    }
}
