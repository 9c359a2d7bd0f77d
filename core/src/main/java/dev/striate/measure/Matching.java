package dev.striate.measure;

import java.util.List;
import java.util.Optional;

/// Which detections are right and which wrong, by one of the rules.
sealed interface Matching permits VocMatching, CocoMatching, DarknetMatching {
    /// Enters the objects and detections of one class in one picture that count.
    void match(ClassInPicture picture, Outcomes outcomes);

    /// The curve of a class over its pictures; empty where no object counts.
    default Optional<PrecisionRecall> curve(List<ClassInPicture> pictures) {
        var outcomes = new Outcomes();
        for (var picture : pictures) match(picture, outcomes);
        return outcomes.curve();
    }
}
