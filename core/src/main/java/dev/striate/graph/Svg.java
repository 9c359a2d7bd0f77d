package dev.striate.graph;

import java.util.Locale;

/// The few SVG elements that a drawing needs, with text escaped.
final class Svg {
    private final StringBuilder body = new StringBuilder();

    void rectangle(double x, double y, double width, double height, double radius, Kind kind) {
        body.append(
                format("<rect x='%.1f' y='%.1f' width='%.1f' height='%.1f' rx='%.1f' fill='%s' stroke='%s'/>\n", x, y,
                        width, height, radius, kind.fill, kind.outline));
    }

    /// Text of a class of the style sheet: `name`, `detail`, …, anchored at its `start`, `middle` or `end`.
    void text(double x, double y, String style, String anchor, String text) {
        body.append(format("<text x='%.1f' y='%.1f' class='%s' text-anchor='%s'>%s</text>\n", x, y, style, anchor,
                escape(text)));
    }

    void path(String path) {
        body.append("<path d='").append(path).append("'/>\n");
    }

    void circle(double x, double y, double radius) {
        body.append(format("<circle cx='%.1f' cy='%.1f' r='%.1f'/>\n", x, y, radius));
    }

    /// A group with a tooltip; to be closed by [#close].
    void open(String title) {
        body.append("<g><title>").append(escape(title)).append("</title>\n");
    }

    /// A group moved to a place; to be closed by [#close].
    void open(double x, double y) {
        body.append(format("<g transform='translate(%.1f %.1f)'>\n", x, y));
    }

    void close() {
        body.append("</g>\n");
    }

    /// The whole picture, dark on white.
    String document(String title, double width, double height) {
        return format(
                """
                        <svg xmlns='http://www.w3.org/2000/svg' width='%.0f' height='%.0f' viewBox='0 0 %.0f %.0f' role='img'>
                        <title>%s</title>
                        <style>
                        text { font-family: Helvetica, Arial, sans-serif; fill: #222 }
                        .title { font-size: 20px; font-weight: bold } .subtitle { font-size: 12px; fill: #555 }
                        .name { font-size: 12px; font-weight: bold } .shape { font-size: 11px; fill: #333 }
                        .detail { font-size: 11px; fill: #444 } .legend { font-size: 11px } .port { font-size: 10px }
                        path { fill: none; stroke: #555; stroke-width: 1.3; marker-end: url(#tip) }
                        circle { fill: #fff; stroke: #555; stroke-width: 1.2 } rect { stroke-width: 1.2 }
                        </style>
                        <defs><marker id='tip' viewBox='0 0 8 8' refX='7.5' refY='4' markerWidth='7' markerHeight='7' orient='auto'>\
                        <polygon points='0,0.8 8,4 0,7.2' fill='#555'/></marker></defs>
                        <rect width='100%%' height='100%%' fill='#fff'/>
                        """,
                width, height, width, height, escape(title)) + body + "</svg>\n";
    }

    static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("'", "&apos;")
                .replace("\"", "&quot;");
    }
}
