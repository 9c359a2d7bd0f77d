package dev.striate.vision.report;

import dev.striate.data.picture.Canvas;
import dev.striate.data.picture.Picture;
import dev.striate.data.picture.Pictures;

/// A canvas in which a unit is a pixel of the finished picture; it draws larger and averages, so that text is smooth.
final class Figure implements AutoCloseable {
    static final int INK = 0x333333;
    static final int FAINT = 0xe4e4e4;
    static final int WHITE = 0xffffff;
    /// Told apart with every kind of colour vision (Okabe and Ito 2008).
    static final int[] SERIES = { 0x0072b2, 0xd55e00, 0x009e73, 0xcc79a7 };
    static final double TEXT = 8;
    private static final int SCALE = 3;

    private final int width;
    private final int height;
    private final Canvas canvas;

    Figure(int width, int height) {
        this.width = width;
        this.height = height;
        canvas = new Canvas(width * SCALE, height * SCALE, WHITE);
    }

    void text(String text, double x, double baseline, double capital, int colour) {
        canvas.text(ascii(text), scaled(x), scaled(baseline), capital * SCALE, colour);
    }

    void centred(String text, double x, double baseline, double capital, int colour) {
        text(text, x - width(text, capital) / 2, baseline, capital, colour);
    }

    void rightAligned(String text, double x, double baseline, double capital, int colour) {
        text(text, x - width(text, capital), baseline, capital, colour);
    }

    static double width(String text, double capital) {
        return Canvas.textWidth(ascii(text), capital * SCALE) / (double) SCALE;
    }

    /// The text, cut where it would be wider.
    static String cut(String text, double capital, double widest) {
        if (width(text, capital) <= widest) return text;
        var length = text.length();
        while (length > 1 && width(text.substring(0, length) + "..", capital) > widest) length--;
        return text.substring(0, length) + "..";
    }

    void line(double fromX, double fromY, double toX, double toY, double thickness, int colour) {
        canvas.line(scaled(fromX), scaled(fromY), scaled(toX), scaled(toY),
                Math.max(1, scaled(thickness)), colour);
    }

    void fill(double x, double y, double width, double height, int colour) {
        canvas.fill(scaled(x), scaled(y), scaled(width), scaled(height), colour);
    }

    void frame(double x, double y, double width, double height, double thickness, int colour) {
        canvas.rectangle(scaled(x), scaled(y), scaled(width), scaled(height), scaled(thickness), colour);
    }

    void paste(Picture picture, double x, double y, double width, double height) {
        canvas.paste(picture, scaled(x), scaled(y), scaled(width), scaled(height));
    }

    Picture picture() {
        return Pictures.resize(canvas.picture(), width, height);
    }

    private static int scaled(double length) {
        return (int) Math.round(length * SCALE);
    }

    /// OpenCV's font knows no other letters.
    private static String ascii(String text) {
        return text.replaceAll("[^ -~]", "?");
    }

    @Override
    public void close() {
        canvas.close();
    }
}
