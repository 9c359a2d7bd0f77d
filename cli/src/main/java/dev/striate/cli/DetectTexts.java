package dev.striate.cli;

import dev.striate.vision.detect.Detected.Found;
import dev.striate.vision.detect.Speed;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What `detect` prints for people.
final class DetectTexts {
    private DetectTexts() {}

    static String of(DetectAnswer answer) {
        if (answer.width() == 0) return "";
        return heading(answer) + "\n" + (answer.video().isPresent() ? film(answer.video().get())
                : answer.objects().stream().map(DetectTexts::line).collect(Collectors.joining()));
    }

    private static String heading(DetectAnswer answer) {
        var drawn = answer.drawn().map(file -> " -> " + file).orElse("");
        if (answer.video().isPresent()) return answer.picture() + drawn + "  " + of(answer.video().get().speed());
        var count = answer.objects().size();
        return answer.picture() + drawn + (count == 0 ? "  no objects" : "");
    }

    private static String line(Found found) {
        var box = found.box();
        return String.format(Locale.ROOT, "  %5.1f %%  %s  (%.1f, %.1f) to (%.1f, %.1f)%n", 100 * found.score(),
                found.label(), box.left(), box.top(), box.left() + box.width(), box.top() + box.height());
    }

    /// In how many frames a class was seen, and how often at once.
    private static String film(DetectAnswer.Film film) {
        var frames = new TreeMap<String, Integer>();
        var most = new TreeMap<String, Long>();
        for (var frame : film.frames()) {
            frame.objects().stream().collect(Collectors.groupingBy(Found::label, Collectors.counting()))
                    .forEach((label, count) -> {
                        frames.merge(label, 1, Integer::sum);
                        most.merge(label, count, Math::max);
                    });
        }
        return frames.entrySet().stream().map(each -> String.format(Locale.ROOT, "  %s in %s, at most %d at once%n",
                each.getKey(), counted(each.getValue()), most.get(each.getKey()))).collect(Collectors.joining());
    }

    /// As in `120 frames, 14.2 frames/s (reading 2.1, network 60.0, drawing 5.3, writing 3.0 ms)`.
    static String of(Speed speed) {
        return String.format(Locale.ROOT, "%s, %.1f frames/s (%s)", counted(speed.frames()), speed.framesPerSecond(),
                parts(speed));
    }

    static String parts(Speed speed) {
        var frames = Math.max(1, speed.frames());
        return String.format(Locale.ROOT, "reading %.1f, network %.1f, drawing %.1f, writing %.1f ms",
                1e3 * speed.reading() / frames, 1e3 * speed.network() / frames, 1e3 * speed.drawing() / frames,
                1e3 * speed.writing() / frames);
    }

    private static String counted(long frames) {
        return String.format(Locale.ROOT, frames == 1 ? "%,d frame" : "%,d frames", frames);
    }

    /// Names of classes in a sentence.
    static String list(List<String> labels) {
        var shown = labels.stream().limit(12).collect(Collectors.joining(", "));
        return labels.size() > 12 ? shown + ", and " + (labels.size() - 12) + " more" : shown;
    }
}
