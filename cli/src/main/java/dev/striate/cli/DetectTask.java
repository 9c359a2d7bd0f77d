package dev.striate.cli;

import dev.striate.StriateException;
import dev.striate.data.picture.Picture;
import dev.striate.data.picture.Pictures;
import dev.striate.data.video.Frames;
import dev.striate.graph.Size;
import dev.striate.vision.detect.Detected;
import dev.striate.vision.detect.ObjectFinder;
import dev.striate.vision.detect.Speed;
import dev.striate.vision.detect.Thresholds;
import dev.striate.vision.detect.VideoDetection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Goes through pictures and videos in their order; ends early, with the answers that there are, once it is stopped.
final class DetectTask {
    private final ObjectFinder finder;
    private final Thresholds thresholds;
    private final Optional<Set<Integer>> wanted;
    private final Optional<DetectFiles> files;
    private final boolean crops;
    private final Output output;
    private volatile boolean stopped;
    private volatile Runnable stopFilm = () -> {};

    DetectTask(ObjectFinder finder, Thresholds thresholds, Optional<Set<Integer>> wanted, Optional<DetectFiles> files,
            boolean crops, Output output) {
        this.finder = finder;
        this.thresholds = thresholds;
        this.wanted = wanted;
        this.files = files;
        this.crops = crops;
        this.output = output;
    }

    void stop() {
        stopped = true;
        stopFilm.run();
    }

    List<DetectAnswer> run(List<DetectInput> inputs) {
        var answers = new ArrayList<DetectAnswer>();
        for (var input : inputs) {
            if (stopped) break;
            answers.add(switch (input) {
                case DetectInput.Still still -> still(still);
                case DetectInput.Film film -> film(film);
            });
        }
        return answers;
    }

    private Detected kept(Detected detected) {
        return wanted.map(detected::only).orElse(detected);
    }

    private DetectAnswer still(DetectInput.Still still) {
        Picture picture;
        try {
            picture = Pictures.read(still.file());
        } catch (StriateException e) {
            return DetectAnswer.unreadable(still.file().toString(), e);
        }
        var detected = kept(finder.find(picture, thresholds));
        var drawn = files.map(folder -> folder.write(still, picture, detected).toString());
        var cut = crops ? files.map(folder -> folder.crops(still, picture, detected)).orElse(List.of())
                : List.<String>of();
        return DetectAnswer.of(still.file().toString(), detected, drawn, cut);
    }

    private DetectAnswer film(DetectInput.Film film) {
        Frames opened;
        try {
            opened = film.open();
        } catch (StriateException e) {
            return DetectAnswer.unreadable(film.name(), e);
        }
        try (var frames = opened) {
            return film(film, frames);
        }
    }

    private DetectAnswer film(DetectInput.Film film, Frames frames) {
        var detection = new VideoDetection(finder, thresholds, this::kept);
        stopFilm = detection::stop;
        if (stopped) detection.stop();
        var target = files.map(folder -> folder.film(film));
        var progress = new FrameProgress(output.err(), frames, Terminal.movesItsCursor());
        var found = new ArrayList<DetectAnswer.Frame>();
        var size = new Size[] { new Size(1, 1) };
        var speed = detection.run(frames, target, (number, detected, soFar) -> {
            size[0] = detected.size();
            if (!detected.detections().isEmpty()) {
                found.add(new DetectAnswer.Frame(number, number / frames.framesPerSecond(), detected.found()));
            }
            progress.on(soFar);
        });
        progress.end();
        return new DetectAnswer(film.name(), size[0].width(), size[0].height(), List.of(),
                Optional.of(new DetectAnswer.Film(frames.framesPerSecond(), speed, found)),
                speed.frames() > 0 ? target.map(Path::toString) : Optional.empty(), List.of(), damage(frames, speed));
    }

    /// Files say how many frames they have; some count one or two that are not shown.
    private Optional<Failure> damage(Frames frames, Speed speed) {
        var expected = frames.expected().orElse(0);
        if (stopped || expected - speed.frames() <= Math.max(2, expected / 100)) return Optional.empty();
        return Optional.of(Failure.of(StriateException.file(frames.name() + " is damaged: of its " + expected
                + " frames " + speed.frames() + " could be read.")));
    }
}
