package dev.striate.vision.report;

import dev.striate.data.picture.Picture;
import java.util.List;

/// Pictures side by side, each with a caption of a few lines.
public final class Mosaic {
    private static final int TILE = 104;
    private static final int GAP = 10;
    private static final int LINE = 14;
    private static final int TITLE = 34;

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
        var rows = Math.max(1, Math.ceilDiv(tiles.size(), columns));
        try (var figure = new Figure(GAP + columns * (TILE + GAP), TITLE + rows * rowHeight + GAP)) {
            figure.text(title, GAP, 22, Figure.TEXT + 2, Figure.INK);
            for (var i = 0; i < tiles.size(); i++) {
                draw(figure, tiles.get(i), GAP + i % columns * (TILE + GAP), TITLE + i / columns * rowHeight);
            }
            return figure.picture();
        }
    }

    private static void draw(Figure figure, Tile tile, int x, int y) {
        var picture = tile.picture();
        var scale = (double) TILE / Math.max(picture.width(), picture.height());
        var width = picture.width() * scale;
        var height = picture.height() * scale;
        figure.paste(picture, x + (TILE - width) / 2, y + (TILE - height) / 2, width, height);
        for (var i = 0; i < tile.caption().size(); i++) {
            figure.centred(Figure.cut(tile.caption().get(i), Figure.TEXT - 1, TILE), x + TILE / 2.0,
                    y + TILE + (i + 1) * LINE, Figure.TEXT - 1, Figure.INK);
        }
    }
}
