package dev.striate.vision.report;

/// How text looks on a [Canvas].
///
/// @param size the height of a line of letters (the em) in units of the canvas
/// @param strong for headings
/// @param colour 0xRRGGBB
public record TextStyle(double size, boolean strong, int colour) {
    public static TextStyle plain(double size, int colour) {
        return new TextStyle(size, false, colour);
    }

    public static TextStyle strong(double size, int colour) {
        return new TextStyle(size, true, colour);
    }

    public TextStyle withSize(double size) {
        return new TextStyle(size, strong, colour);
    }

    public TextStyle withColour(int colour) {
        return new TextStyle(size, strong, colour);
    }
}
