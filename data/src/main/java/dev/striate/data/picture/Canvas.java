package dev.striate.data.picture;

import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Point;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/// A drawing surface for figures, in pixels from the top left; colours are 0xRRGGBB. Text is ASCII, in OpenCV's plain
/// font. Owns native memory: close it.
public final class Canvas implements AutoCloseable {
    private static final int FONT = opencv_imgproc.FONT_HERSHEY_SIMPLEX;
    /// The height in pixels of a capital letter at OpenCV's font scale 1.
    private static final double CAPITAL = 22;

    static {
        OpenCv.load();
    }

    private final Mat mat;

    public Canvas(int width, int height, int colour) {
        try (var _ = new PointerScope()) {
            mat = new Mat(height, width, opencv_core.CV_8UC3, scalar(colour));
            mat.retainReference();
        }
    }

    /// Writes `text` with its baseline starting at (`x`, `y`), its capitals `capital` pixels high.
    public void text(String text, int x, int y, double capital, int colour) {
        try (var _ = new PointerScope()) {
            opencv_imgproc.putText(mat, text, new Point(x, y), FONT, capital / CAPITAL, scalar(colour),
                    thickness(capital), opencv_imgproc.LINE_AA, false);
        }
    }

    /// How many pixels wide [#text] would write it.
    public static int textWidth(String text, double capital) {
        try (var _ = new PointerScope()) {
            return opencv_imgproc.getTextSize(text, FONT, capital / CAPITAL, thickness(capital), new IntPointer(1))
                    .width();
        }
    }

    /// Draws the outline of a rectangle, `thickness` pixels wide and centred on its edge.
    public void rectangle(int x, int y, int width, int height, int thickness, int colour) {
        try (var _ = new PointerScope()) {
            opencv_imgproc.rectangle(mat, new Rect(x, y, width, height), scalar(colour), thickness,
                    opencv_imgproc.LINE_8, 0);
        }
    }

    /// Fills a rectangle.
    public void fill(int x, int y, int width, int height, int colour) {
        rectangle(x, y, width, height, opencv_imgproc.FILLED, colour);
    }

    /// Draws a line `thickness` pixels wide.
    public void line(int fromX, int fromY, int toX, int toY, int thickness, int colour) {
        try (var _ = new PointerScope()) {
            opencv_imgproc.line(mat, new Point(fromX, fromY), new Point(toX, toY), scalar(colour), thickness,
                    opencv_imgproc.LINE_AA, 0);
        }
    }

    /// Pastes a picture with its top left at (`x`, `y`); what lies outside the canvas is not seen.
    public void paste(Picture picture, int x, int y) {
        paste(picture, x, y, picture.width(), picture.height());
    }

    /// Pastes a picture scaled to `width` × `height`: averaged where it shrinks, its pixels shown as squares where it
    /// grows.
    public void paste(Picture picture, int x, int y, int width, int height) {
        try (var _ = new PointerScope()) {
            var scaled = new Mat();
            var grows = width >= picture.width() && height >= picture.height();
            opencv_imgproc.resize(OpenCv.mat(Pictures.rgb(picture)), scaled, new Size(width, height), 0, 0,
                    grows ? opencv_imgproc.INTER_NEAREST : opencv_imgproc.INTER_AREA);
            var left = Math.max(0, x);
            var top = Math.max(0, y);
            var right = Math.min(mat.cols(), x + width);
            var bottom = Math.min(mat.rows(), y + height);
            if (left >= right || top >= bottom) return;
            var seen = new Rect(left - x, top - y, right - left, bottom - top);
            scaled.apply(seen).copyTo(mat.apply(new Rect(left, top, right - left, bottom - top)));
        }
    }

    /// A copy of what has been drawn.
    public Picture picture() {
        return OpenCv.picture(mat);
    }

    @Override
    public void close() {
        mat.releaseReference();
    }

    private static int thickness(double capital) {
        return Math.max(1, (int) Math.round(capital / 12));
    }

    private static Scalar scalar(int colour) {
        return new Scalar(colour >> 16 & 0xff, colour >> 8 & 0xff, colour & 0xff, 0);
    }
}
