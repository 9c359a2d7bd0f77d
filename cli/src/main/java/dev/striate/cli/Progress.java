package dev.striate.cli;

import dev.striate.vision.train.Event;
import dev.striate.vision.train.Epoch;
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
            case Event.Started(var folder, var step, var steps) -> err.println("Training into " + folder
                    + (step == 0 ? " …" : " from step " + step + " of " + steps + " on …"));
            case Event.Stepped stepped -> stepped(stepped);
            case Event.EpochEnded(var epoch, var best) -> line(epoch(epoch, best));
            case Event.Warned(var message) -> line(message);
            case Event.Saved _ -> {
            }
            case Event.Ended _ -> {
            }
        }
        err.flush();
    }

    private void stepped(Event.Stepped at) {
        var text = String.format(Locale.ROOT, "epoch %d  step %,d/%,d  %s  %.0f pictures/s  %s left", at.epoch() + 1,
                at.step(), at.steps(), TrainTexts.figures(at.means(), "  "), at.picturesPerSecond(),
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

    private String epoch(Epoch epoch, boolean best) {
        var mark = best ? terminal ? "  \u001b[32mbest so far\u001b[0m" : "  best so far" : "";
        return String.format(Locale.ROOT, "epoch %d  training: %s  validation: %s  %.0f pictures/s, %s%s",
                epoch.number(),
                TrainTexts.figures(epoch.training(), ", "), TrainTexts.figures(epoch.validation().values(), ", "),
                epoch.speed().picturesPerSecond(), time(epoch.speed().seconds()), mark);
    }

    /// `42 s`, `3 min 05 s` or `2 h 07 min`.
    static String time(double seconds) {
        var time = Duration.ofSeconds(Math.round(seconds));
        if (time.toHours() > 0) return String.format("%d h %02d min", time.toHours(), time.toMinutesPart());
        return time.toMinutes() > 0 ? String.format("%d min %02d s", time.toMinutes(), time.toSecondsPart())
                : time.toSeconds() + " s";
    }
}
