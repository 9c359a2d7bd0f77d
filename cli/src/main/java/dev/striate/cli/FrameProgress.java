package dev.striate.cli;

import dev.striate.data.video.Frames;
import dev.striate.vision.detect.Speed;
import java.io.PrintWriter;
import java.util.Locale;

/// Shows on standard error how a video goes: a line that renews itself where that is a terminal, else one now and then.
final class FrameProgress {
    private static final long PLAIN_NANOS = 15_000_000_000L;
    private static final long TERMINAL_NANOS = 200_000_000L;

    private final PrintWriter err;
    private final Frames frames;
    private final boolean terminal;
    private long last = System.nanoTime();

    FrameProgress(PrintWriter err, Frames frames, boolean terminal) {
        this.err = err;
        this.frames = frames;
        this.terminal = terminal;
    }

    void on(Speed speed) {
        var now = System.nanoTime();
        if (now - last < (terminal ? TERMINAL_NANOS : PLAIN_NANOS)) return;
        last = now;
        show(text(speed), speed);
    }

    private void show(String text, Speed speed) {
        var all = frames.expected();
        if (!terminal) err.println(text);
        else if (all.isEmpty()) err.print(ProgressLine.kept(text));
        else {
            var share = Math.min(1, (double) speed.frames() / all.getAsLong());
            err.print(ProgressLine.drawn(share, text, Terminal.columns()));
        }
        err.flush();
    }

    String text(Speed speed) {
        var all = frames.expected();
        return String.format(Locale.ROOT, "%s  frame %,d%s  %.1f frames/s  %s", frames.name(), speed.frames(),
                all.isEmpty() ? "" : String.format(Locale.ROOT, "/%,d", all.getAsLong()), speed.framesPerSecond(),
                DetectTexts.parts(speed));
    }

    /// Makes room for what comes after.
    void end() {
        if (terminal) err.print(ProgressLine.kept(""));
        err.flush();
    }
}
