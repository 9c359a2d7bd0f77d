package dev.striate.vision.report;

import dev.striate.StriateException;
import dev.striate.data.picture.Picture;
import dev.striate.data.picture.Pictures;
import java.awt.AWTError;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;

/// A drawing surface for figures, in units from the top left, of which the finished picture has `scale` pixels each;
/// colours are 0xRRGGBB. Text may be of any script.
public final class Canvas {
    private final BufferedImage image;
    private final Graphics2D graphics;
    private final double scale;

    /// A canvas of `width` × `height` pixels.
    public Canvas(int width, int height, int paper) {
        this(width, height, paper, 1);
    }

    /// A canvas of `width` × `height` units.
    public Canvas(double width, double height, int paper, double scale) {
        image = new BufferedImage(pixels(width, scale), pixels(height, scale), BufferedImage.TYPE_INT_RGB);
        graphics = graphics(image);
        this.scale = scale;
        graphics.setColor(new Color(paper));
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
        graphics.scale(scale, scale);
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    }

    /// A canvas that begins as a copy of a picture.
    public static Canvas on(Picture picture) {
        var canvas = new Canvas(picture.width(), picture.height(), 0);
        canvas.paste(picture, 0, 0);
        return canvas;
    }

    private static int pixels(double length, double scale) {
        return (int) Math.max(1, Math.round(length * scale));
    }

    private static Graphics2D graphics(BufferedImage image) {
        try {
            return image.createGraphics();
        } catch (AWTError | LinkageError e) {
            throw new StriateException("Figures are drawn without a screen; this Java looks for one and finds none ("
                    + e.getMessage() + "): start it with -Djava.awt.headless=true.", e);
        }
    }

    /// Writes `text` with its baseline starting at (`x`, `y`).
    public void text(String text, double x, double y, TextStyle style) {
        if (text.isEmpty()) return;
        graphics.setColor(new Color(style.colour()));
        Text.layout(text, style).draw(graphics, (float) x, (float) y);
    }

    /// Writes `text` with the middle of its baseline at (`x`, `y`).
    public void centred(String text, double x, double y, TextStyle style) {
        text(text, x - width(text, style) / 2, y, style);
    }

    /// Writes `text` with its baseline ending at (`x`, `y`).
    public void rightAligned(String text, double x, double y, TextStyle style) {
        text(text, x - width(text, style), y, style);
    }

    /// How many units wide [#text] writes it.
    public static double width(String text, TextStyle style) {
        return Text.width(text, style);
    }

    /// The text, ending in … where all of it would be wider.
    public static String cut(String text, TextStyle style, double widest) {
        return Text.cut(text, style, widest);
    }

    /// Draws a line.
    public void line(double fromX, double fromY, double toX, double toY, double thickness, int colour) {
        stroke(new Line2D.Double(fromX, fromY, toX, toY), thickness, colour);
    }

    /// Draws lines from point to point, without a kink where they meet; `x` and `y` are of one length.
    public void polyline(double[] x, double[] y, double thickness, int colour) {
        if (x.length > 0) stroke(path(x, y), thickness, colour);
    }

    /// The same in dashes.
    public void dashes(double[] x, double[] y, double thickness, int colour) {
        if (x.length == 0) return;
        graphics.setColor(new Color(colour));
        graphics.setStroke(new BasicStroke((float) thickness, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10,
                new float[] { 5, 3 }, 0));
        graphics.draw(path(x, y));
    }

    private static Path2D path(double[] x, double[] y) {
        var path = new Path2D.Double();
        path.moveTo(x[0], y[0]);
        for (var i = 1; i < x.length; i++) path.lineTo(x[i], y[i]);
        return path;
    }

    /// Draws the outline of a rectangle, its line centred on the edge.
    public void frame(double x, double y, double width, double height, double thickness, int colour) {
        graphics.setColor(new Color(colour));
        graphics.setStroke(new BasicStroke((float) thickness, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
        graphics.draw(new Rectangle2D.Double(x, y, width, height));
    }

    /// Fills a rectangle.
    public void fill(double x, double y, double width, double height, int colour) {
        graphics.setColor(new Color(colour));
        graphics.fill(new Rectangle2D.Double(x, y, width, height));
    }

    /// Fills a circle.
    public void dot(double x, double y, double radius, int colour) {
        graphics.setColor(new Color(colour));
        graphics.fill(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
    }

    private void stroke(Shape shape, double thickness, int colour) {
        graphics.setColor(new Color(colour));
        graphics.setStroke(new BasicStroke((float) thickness, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        graphics.draw(shape);
    }

    /// Pastes a picture with its top left at (`x`, `y`), a unit for each of its pixels; what lies outside is not seen.
    public void paste(Picture picture, double x, double y) {
        paste(picture, x, y, picture.width(), picture.height());
    }

    /// Pastes a picture scaled to `width` × `height`: averaged where it shrinks, its pixels shown as squares where it
    /// grows.
    public void paste(Picture picture, double x, double y, double width, double height) {
        var wide = pixels(width, scale);
        var high = pixels(height, scale);
        var shrinks = wide < picture.width() || high < picture.height();
        var fitted = shrinks ? Pictures.resize(picture, wide, high) : picture;
        var left = Math.round(x * scale) / scale;
        var top = Math.round(y * scale) / scale;
        var place = new AffineTransform(wide / scale / fitted.width(), 0, 0,
                high / scale / fitted.height(), left, top);
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION,
                RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
        graphics.drawImage(image(fitted), place, null);
    }

    private static BufferedImage image(Picture picture) {
        var image = new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_INT_RGB);
        var to = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
        var from = Pictures.rgb(picture).pixels();
        for (int i = 0, at = 0; i < to.length; i++, at += 3) {
            to[i] = (from[at] & 0xff) << 16 | (from[at + 1] & 0xff) << 8 | from[at + 2] & 0xff;
        }
        return image;
    }

    /// A copy of what has been drawn.
    public Picture picture() {
        var from = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
        var picture = Picture.black(image.getWidth(), image.getHeight(), 3);
        var to = picture.pixels();
        for (int i = 0, at = 0; i < from.length; i++, at += 3) {
            to[at] = (byte) (from[i] >> 16);
            to[at + 1] = (byte) (from[i] >> 8);
            to[at + 2] = (byte) from[i];
        }
        return picture;
    }
}
