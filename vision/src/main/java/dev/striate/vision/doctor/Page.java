package dev.striate.vision.doctor;

import dev.striate.StriateException;
import dev.striate.data.picture.Picture;
import dev.striate.data.picture.Pictures;
import dev.striate.data.set.DataSet;
import dev.striate.data.set.Splits;
import dev.striate.weights.AtomicFile;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// A checkup as one HTML file that needs no other: counts, findings, and thumbnails of the pictures that show them.
public final class Page {
    private static final int THUMBNAIL = 96;
    private static final String STYLE = """
            body{font:15px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#222}
            table{border-collapse:collapse}td,th{padding:.15rem .8rem;text-align:right;border-bottom:1px solid #ddd}
            th:first-child,td:first-child{text-align:left}section{margin:1.2rem 0;padding:.2rem 1rem;border-left:5px solid}
            .error{border-color:#c0392b}.warning{border-color:#e0a100}.note{border-color:#7a8a99}
            figure{display:inline-block;margin:.4rem;width:12rem;vertical-align:top}img{image-rendering:pixelated}
            figcaption{font-size:11px;overflow-wrap:anywhere;color:#555}
            """;

    private final Checkup checkup;
    /// How to read a picture, by its name.
    private final Map<String, Supplier<Picture>> pictures = new HashMap<>();

    private Page(Checkup checkup, Splits splits) {
        this.checkup = checkup;
        name(splits.train());
        splits.validation().ifPresent(this::name);
        name(splits.test());
    }

    private void name(DataSet set) {
        for (var i = 0; i < set.size(); i++) {
            var index = i;
            pictures.put(set.name(i), () -> set.picture(index));
        }
    }

    /// Writes the page of a checkup.
    public static void write(Checkup checkup, Splits splits, Path file) {
        AtomicFile.write(file, new Page(checkup, splits).html());
    }

    private String html() {
        var text = new StringBuilder("<!doctype html><html lang=en><meta charset=utf-8><title>")
                .append(escaped(checkup.name())).append("</title><style>").append(STYLE).append("</style><h1>")
                .append(escaped(checkup.name())).append("</h1>");
        if (checkup.findings().isEmpty()) text.append("<p>Nothing found.");
        for (var finding : checkup.findings()) finding(text, finding);
        counts(text);
        return text.append("</html>\n").toString();
    }

    private void counts(StringBuilder text) {
        text.append("<table><tr><th>class");
        checkup.parts().keySet().forEach(part -> text.append("<th>").append(part));
        for (var label : checkup.parts().values().iterator().next().keySet()) {
            text.append("<tr><td>").append(escaped(label));
            checkup.parts().values().forEach(counts -> text.append("<td>").append(counts.get(label)));
        }
        text.append("</table>");
    }

    private void finding(StringBuilder text, Finding finding) {
        var severity = finding.severity().name().toLowerCase(Locale.ROOT);
        text.append("<section class=").append(severity).append("><p><b>").append(severity).append("</b> ")
                .append(escaped(finding.what())).append("</p>");
        for (var picture : finding.pictures()) {
            text.append("<figure>");
            for (var part : picture.split(" = ")) thumbnail(text, part);
            text.append("<figcaption>").append(escaped(picture)).append("</figcaption></figure>");
        }
        text.append("</section>");
    }

    /// A finding names a picture alone, behind the part that it is of, or before what is wrong with it.
    private void thumbnail(StringBuilder text, String finding) {
        var name = Stream.of(finding, finding.substring(finding.indexOf(' ') + 1), finding.split(" is damaged: ")[0])
                .filter(pictures::containsKey).findFirst();
        if (name.isEmpty()) return;
        try {
            text.append("<img alt='' src='").append(thumbnail(pictures.get(name.get()).get())).append("'>");
        } catch (StriateException _) {
            // The finding itself says why there is none.
        }
    }

    private static String thumbnail(Picture picture) {
        var scale = THUMBNAIL / (double) Math.max(picture.width(), picture.height());
        var small = Pictures.resize(picture, Math.max(1, (int) Math.round(picture.width() * scale)),
                Math.max(1, (int) Math.round(picture.height() * scale)));
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(Pictures.encode(small, ".png"));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
