package dev.striate.vision.report;

import dev.striate.data.picture.Picture;
import java.util.List;

/// Pictures side by side, each with a caption of a few lines.
public final class Mosaic {
    private static final double SCALE = 1.5;
    private static final int TILE = 112;
    private static final int GAP = 12;
    private static final int LINE = 15;
    private static final int TITLE = 42;
    private static final TextStyle HEADING = TextStyle.strong(14, Palette.INK);
    private static final TextStyle CAPTION = TextStyle.plain(11, Palette.INK);

    private Mosaic() {}

    /// A picture and what stands below it.
    public record Tile(Picture picture, List<String> caption) {
        public Tile {
            caption = List.copyOf(caption);
        }
    }

    /// Draws the tiles in rows of `columns`, each picture as large as its tile allows.
    public static Picture draw(String title, int columns, List<Tile> tiles) {
        var lines = tiles.stream().mapToInt(tile -> tile.caption().size()).max().orElse(0);
        var rowHeight = TILE + lines * LINE + GAP + 4;
        var rows = Math.ceilDiv(tiles.size(), columns);
        var width = GAP + columns * (TILE + GAP);
        var canvas = new Canvas(width, TITLE + (double) rows * rowHeight + (rows == 0 ? GAP : 0), Palette.WHITE, SCALE);
        canvas.text(Canvas.cut(title, HEADING, width - 2 * GAP), GAP, 26, HEADING);
        for (var i = 0; i < tiles.size(); i++) {
            draw(canvas, tiles.get(i), GAP + i % columns * (TILE + GAP), TITLE + i / columns * rowHeight);
        }
        return canvas.picture();
    }

    private static void draw(Canvas canvas, Tile tile, int x, int y) {
        var picture = tile.picture();
        var scale = (double) TILE / Math.max(picture.width(), picture.height());
        var width = picture.width() * scale;
        var height = picture.height() * scale;
        canvas.paste(picture, x + (TILE - width) / 2, y + (TILE - height) / 2, width, height);
        for (var i = 0; i < tile.caption().size(); i++) {
            canvas.centred(Canvas.cut(tile.caption().get(i), CAPTION, TILE), x + TILE / 2.0, y + TILE + (i + 1) * LINE,
                    CAPTION);
        }
    }
}
