package dev.striate.data.picture;

import dev.striate.StriateException;
import java.util.ArrayList;
import java.util.List;

/// Pictures side by side, each with a line of text below, as a figure.
public final class Mosaic {
    private static final int GAP = 4;
    private static final int LINE = 14;
    private static final double CAPITAL = 9;
    private static final int WHITE = 0xffffff;
    private static final int BLACK = 0;

    private final int columns;
    private final int cell;
    private final List<Picture> pictures = new ArrayList<>();
    private final List<String> captions = new ArrayList<>();

    /// @param columns pictures in a row
    /// @param cell the width and height in pixels that each picture is fitted into
    public Mosaic(int columns, int cell) {
        if (columns < 1 || cell < 1) {
            throw new StriateException("A mosaic expects at least one column and pixel; received " + columns + " and "
                    + cell + ".");
        }
        this.columns = columns;
        this.cell = cell;
    }

    /// Adds a picture; an empty caption takes no less room.
    public Mosaic add(Picture picture, String caption) {
        pictures.add(picture);
        captions.add(caption);
        return this;
    }

    public Picture picture() {
        var rows = Math.max(1, Math.ceilDiv(pictures.size(), columns));
        try (var canvas = new Canvas(GAP + columns * (cell + GAP), GAP + rows * (cell + LINE + GAP), WHITE)) {
            for (var i = 0; i < pictures.size(); i++) {
                draw(canvas, i, GAP + i % columns * (cell + GAP), GAP + i / columns * (cell + LINE + GAP));
            }
            return canvas.picture();
        }
    }

    private void draw(Canvas canvas, int index, int x, int y) {
        var picture = pictures.get(index);
        var longer = Math.max(picture.width(), picture.height());
        var width = Math.max(1, picture.width() * cell / longer);
        var height = Math.max(1, picture.height() * cell / longer);
        canvas.paste(picture, x + (cell - width) / 2, y + (cell - height) / 2, width, height);
        canvas.text(fitting(captions.get(index)), x, y + cell + LINE - 3, CAPITAL, BLACK);
    }

    private String fitting(String caption) {
        var end = caption.length();
        while (end > 0 && Canvas.textWidth(caption.substring(0, end), CAPITAL) > cell) end--;
        return caption.substring(0, end);
    }
}
