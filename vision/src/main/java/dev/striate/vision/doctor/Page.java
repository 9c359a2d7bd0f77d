package dev.striate.vision.doctor;

import dev.striate.StriateException;
import dev.striate.data.picture.Pictures;
import dev.striate.data.set.DataSet;
import dev.striate.data.set.Splits;
import dev.striate.weights.AtomicFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

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
    private final Map<String, String> thumbnails = new HashMap<>();
    private final Splits splits;

    private Page(Checkup checkup, Splits splits) {
        this.checkup = checkup;
        this.splits = splits;
    }

    /// Writes the page of a checkup.
    public static void write(Checkup checkup, Splits splits, Path file) {
        var bytes = ByteBuffer.wrap(new Page(checkup, splits).html().getBytes(StandardCharsets.UTF_8));
        AtomicFile.write(file, channel -> {
            while (bytes.hasRemaining()) channel.write(bytes);
        });
    }

    private String html() {
        collect(splits.train());
        collect(splits.test());
        var text = new StringBuilder("<!doctype html><html lang=en><meta charset=utf-8><title>")
                .append(escaped(checkup.name())).append("</title><style>").append(STYLE).append("</style><h1>")
                .append(escaped(checkup.name())).append("</h1>");
        counts(text);
        if (checkup.findings().isEmpty()) text.append("<p>Nothing found.");
        for (var finding : checkup.findings()) finding(text, finding);
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
            thumbnails.entrySet().stream().filter(known -> picture.endsWith(known.getKey())).findFirst()
                    .ifPresent(known -> text.append("<img alt='' src='").append(known.getValue()).append("'>"));
            text.append("<figcaption>").append(escaped(picture)).append("</figcaption></figure>");
        }
        text.append("</section>");
    }

    /// Thumbnails of the pictures that findings name, and of no others.
    private void collect(DataSet set) {
        var named = checkup.findings().stream().flatMap(finding -> finding.pictures().stream()).toList();
        for (var i = 0; i < set.size() && !named.isEmpty(); i++) {
            var name = set.name(i);
            if (named.stream().noneMatch(picture -> picture.endsWith(name))) continue;
            try {
                thumbnails.put(name, thumbnail(set, i));
            } catch (StriateException _) {
                // The finding itself says why there is none.
            }
        }
    }

    private static String thumbnail(DataSet set, int index) {
        var picture = set.picture(index);
        var scale = THUMBNAIL / (double) Math.max(picture.width(), picture.height());
        var small = Pictures.resize(picture, Math.max(1, (int) (picture.width() * scale)),
                Math.max(1, (int) (picture.height() * scale)));
        try {
            var file = Files.createTempFile("thumbnail", ".png");
            Pictures.write(small, file);
            var bytes = Files.readAllBytes(file);
            Files.delete(file);
            return "data:image/png;base64," + Base64.getEncoder().encodeToString(bytes);
        } catch (IOException e) {
            throw new StriateException("A thumbnail could not be made: " + e.getMessage() + ".", e);
        }
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
