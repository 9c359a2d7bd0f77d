package dev.striate.vision.detect;

import dev.striate.data.picture.Picture;
import dev.striate.data.video.Frames;
import dev.striate.data.video.VideoWriter;
import dev.striate.data.video.Videos;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Finds the objects in the frames of a video one after the other and, where asked, writes them with their boxes into
/// another video of the same size and rate. Ends early where somebody calls [#stop]; what was written stays.
public final class VideoDetection {
    private final ObjectFinder finder;
    private final Thresholds thresholds;
    private final UnaryOperator<Detected> kept;
    private final Stopwatch reading = new Stopwatch();
    private final Stopwatch network = new Stopwatch();
    private final Stopwatch drawing = new Stopwatch();
    private final Stopwatch writing = new Stopwatch();
    private volatile boolean stopped;

    /// @param kept what to keep of a frame's objects
    public VideoDetection(ObjectFinder finder, Thresholds thresholds, UnaryOperator<Detected> kept) {
        this.finder = finder;
        this.thresholds = thresholds;
        this.kept = kept;
    }

    /// Is told of each frame, from 0, once it is done.
    @FunctionalInterface
    public interface Listener {
        void on(long frame, Detected detected, Speed speed);
    }

    /// Goes through all frames.
    public Speed run(Frames frames, Optional<Path> out, Listener listener) {
        var count = 0L;
        @Nullable
        VideoWriter writer = null;
        try {
            while (!stopped) {
                var next = reading.time(frames::next);
                if (next.isEmpty()) break;
                var picture = next.get();
                var detected = network.time(() -> kept.apply(finder.find(picture, thresholds)));
                if (out.isPresent()) {
                    var drawn = drawing.time(() -> detected.onFrame(picture));
                    if (writer == null) writer = writer(out.get(), drawn, frames);
                    write(writer, drawn);
                }
                listener.on(count++, detected, speed(count));
            }
        } finally {
            if (writer != null) writer.close();
        }
        return speed(count);
    }

    private static VideoWriter writer(Path file, Picture first, Frames frames) {
        return Videos.write(file, first.width(), first.height(), frames.framesPerSecond());
    }

    private void write(VideoWriter writer, Picture drawn) {
        writing.time(() -> {
            writer.write(drawn);
            return drawn;
        });
    }

    private Speed speed(long frames) {
        return new Speed(frames, reading.seconds(), network.seconds(), drawing.seconds(), writing.seconds());
    }

    /// Ends after the frame that is being worked on; may be called from another thread.
    public void stop() {
        stopped = true;
    }
}
