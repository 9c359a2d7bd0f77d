package dev.striate.cli;

import dev.striate.StriateException;
import dev.striate.vision.detect.Detected;
import dev.striate.vision.detect.Detected.Found;
import dev.striate.vision.detect.Speed;
import java.util.List;
import java.util.Optional;

/// The JSON of `detect` for a picture or a video: the objects, the surest first, in pixels from the top left corner; or why
/// there are none.
///
/// @param picture the file, or `camera:0`
/// @param objects those of a picture; a video's stand with their frames
/// @param drawn where it was drawn with its objects
record DetectAnswer(String picture, int width, int height, List<Found> objects, Optional<Film> video,
        Optional<String> drawn, List<String> crops, Optional<Failure> failure) {
    /// A video's frames in which something was found, and the time that it took.
    record Film(double framesPerSecond, Speed speed, List<Frame> frames) {}

    /// @param frame from 0
    record Frame(long frame, double seconds, List<Found> objects) {}

    static DetectAnswer of(String picture, Detected detected, Optional<String> drawn, List<String> crops) {
        return new DetectAnswer(picture, detected.size().width(), detected.size().height(), detected.found(),
                Optional.empty(), drawn, crops, Optional.empty());
    }

    static DetectAnswer unreadable(String picture, StriateException why) {
        return new DetectAnswer(picture, 0, 0, List.of(), Optional.empty(), Optional.empty(), List.of(),
                Optional.of(Failure.of(why)));
    }
}
