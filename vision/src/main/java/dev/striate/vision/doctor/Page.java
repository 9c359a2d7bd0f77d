package dev.striate.vision.doctor;

import static j2html.TagCreator.b;
import static j2html.TagCreator.bdi;
import static j2html.TagCreator.body;
import static j2html.TagCreator.document;
import static j2html.TagCreator.each;
import static j2html.TagCreator.figcaption;
import static j2html.TagCreator.figure;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.head;
import static j2html.TagCreator.html;
import static j2html.TagCreator.img;
import static j2html.TagCreator.meta;
import static j2html.TagCreator.p;
import static j2html.TagCreator.rawHtml;
import static j2html.TagCreator.section;
import static j2html.TagCreator.style;
import static j2html.TagCreator.table;
import static j2html.TagCreator.td;
import static j2html.TagCreator.text;
import static j2html.TagCreator.th;
import static j2html.TagCreator.title;
import static j2html.TagCreator.tr;

import dev.striate.StriateException;
import dev.striate.data.picture.Picture;
import dev.striate.data.picture.Pictures;
import dev.striate.data.set.DataSet;
import dev.striate.data.set.Splits;
import dev.striate.vision.report.Annotations;
import dev.striate.weights.AtomicFile;
import j2html.tags.DomContent;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;

/// A report as one HTML file that needs no other: counts, findings, and thumbnails of the pictures that show them.
public final class Page {
    private static final int THUMBNAIL = 96;
    /// Boxes and masks need more room to be seen.
    private static final int MARKED = 200;
    private static final String STYLE = """
            body{font:15px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#222}
            table{border-collapse:collapse}td,th{padding:.15rem .8rem;text-align:right;border-bottom:1px solid #ddd}
            th:first-child,td:first-child{text-align:left}section{margin:1.2rem 0;padding:.2rem 1rem;border-left:5px solid}
            .error{border-color:#c0392b}.warning{border-color:#e0a100}.note{border-color:#7a8a99}
            figure{display:inline-block;margin:.4rem;width:13rem;vertical-align:top}
            img{image-rendering:pixelated;margin-right:.3rem}
            figcaption{font-size:11px;overflow-wrap:anywhere;color:#555}
            """;

    private final DataSetReport report;
    private final Map<String, DataSet> sets;

    private Page(DataSetReport report, Splits splits) {
        this.report = report;
        sets = DataSetReport.sets(splits);
    }

    /// Writes the page of a report on these splits.
    public static void write(DataSetReport report, Splits splits, Path file) {
        AtomicFile.write(file, new Page(report, splits).written());
    }

    private String written() {
        var page = html(
                head(meta().withCharset("utf-8"), title(report.name()), style(rawHtml(STYLE))),
                body(h1(report.name()),
                        report.findings().isEmpty() ? p("Nothing found.") : each(report.findings(), this::finding),
                        counts()))
                .withLang("en");
        return document(page) + "\n";
    }

    private DomContent counts() {
        var parts = report.parts();
        return table(
                tr(th("class"), each(parts.keySet(), part -> th(part))),
                each(parts.values().iterator().next().keySet(), label -> tr(td(bdi(label)),
                        each(parts.values(), counts -> td(String.valueOf(counts.get(label)))))));
    }

    private DomContent finding(Finding finding) {
        var severity = finding.severity().name().toLowerCase(Locale.ROOT);
        return section(p(b(severity), text(" " + finding.what())), each(finding.examples(), this::example))
                .withClass(severity);
    }

    /// A name in another script, or one that turns the order of letters, stays within itself.
    private DomContent example(Finding.Example example) {
        return figure(each(example.pictures(), this::thumbnail), figcaption(bdi(example.toString())));
    }

    private DomContent thumbnail(Finding.PictureRef ref) {
        try {
            var set = sets.get(ref.part());
            var picture = set.picture(ref.index());
            var marked = Annotations.unlettered(picture, set.target(ref.index()));
            return img().withAlt("").withSrc(thumbnail(marked, marked.equals(picture) ? THUMBNAIL : MARKED));
        } catch (StriateException _) {
            // The finding itself says why there is none.
            return text("");
        }
    }

    private static String thumbnail(Picture picture, int side) {
        var scale = side / (double) Math.max(picture.width(), picture.height());
        var small = Pictures.resize(picture, Math.max(1, (int) Math.round(picture.width() * scale)),
                Math.max(1, (int) Math.round(picture.height() * scale)));
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(Pictures.encode(small, ".png"));
    }
}
