package dev.striate.cli;

import dev.striate.vision.classify.Event;
import dev.striate.vision.classify.Metrics;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/// Shows how a training goes on standard error: a line that renews itself where that is a terminal, else plain lines.
final class Progress implements Event.Listener {
    private static final long PLAIN_NANOS = 15_000_000_000L;

    private final PrintWriter err;
    private final boolean terminal;
    private long lastLine = System.nanoTime();

    /// The launcher knows whether standard error is a terminal; a JVM cannot tell.
    Progress(PrintWriter err) {
        this(err, Terminal.movesItsCursor());
    }

    Progress(PrintWriter err, boolean terminal) {
        this.err = err;
        this.terminal = terminal;
    }

    @Override
    public void on(Event event) {
        switch (event) {
            case Event.Started started when started.step() > 0 ->
                err.println("Going on at step " + started.step() + " of " + started.steps() + ".");
            case Event.Started _ -> {
            }
            case Event.Stepped stepped -> stepped(stepped);
            case Event.EpochEnded(var metrics, var best) -> line(epoch(metrics, best));
            case Event.Warned(var message) -> line(message);
            case Event.Saved _ -> {
            }
            case Event.Ended _ -> {
            }
        }
        err.flush();
    }

    private void stepped(Event.Stepped at) {
        var text = String.format(Locale.ROOT,
                "epoch %d  step %,d/%,d  loss %.4f  accuracy %.4f  %.0f images/s  %s left",
                at.epoch() + 1, at.step(), at.steps(), at.loss(), at.accuracy(), at.imagesPerSecond(),
                time(at.secondsLeft()));
        if (terminal) {
            err.print(ProgressLine.drawn((double) at.step() / at.steps(), text, Terminal.columns()));
        } else if (System.nanoTime() - lastLine > PLAIN_NANOS) {
            line(text);
        }
    }

    private void line(String text) {
        lastLine = System.nanoTime();
        err.println(terminal ? ProgressLine.kept(text) : text);
    }

    private String epoch(Metrics metrics, boolean best) {
        var mark = best ? terminal ? "  \u001b[32mbest so far\u001b[0m" : "  best so far" : "";
        return String.format(Locale.ROOT,
                "epoch %d  training: loss %.4f, accuracy %.4f  validation: loss %.4f, accuracy %.4f  %.0f images/s, %s%s",
                metrics.epoch(), metrics.trainLoss(), metrics.trainAccuracy(), metrics.loss(), metrics.accuracy(),
                metrics.imagesPerSecond(), time(metrics.seconds()), mark);
    }

    /// `42 s`, `3 min 05 s` or `2 h 07 min`.
    static String time(double seconds) {
        var time = Duration.ofSeconds(Math.round(seconds));
        if (time.toHours() > 0) return String.format("%d h %02d min", time.toHours(), time.toMinutesPart());
        return time.toMinutes() > 0 ? String.format("%d min %02d s", time.toMinutes(), time.toSecondsPart())
                : time.toSeconds() + " s";
    }
}
