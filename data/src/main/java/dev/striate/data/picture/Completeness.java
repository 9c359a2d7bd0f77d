package dev.striate.data.picture;

import dev.striate.StriateException;

/// Tells a picture file that was cut off: decoders fill what is missing with grey and only warn.
final class Completeness {
    private Completeness() {}

    static void check(PictureHeader header, byte[] bytes, String name) {
        if (header.pixels() == 0) {
            throw StriateException.file("A picture with at least one pixel was expected; " + name + " says it is "
                    + header.width() + "×" + header.height() + ".");
        }
        if (!complete(header, new ByteReader(bytes))) {
            throw StriateException.file("A whole picture was expected; " + name + " is cut off after " + bytes.length
                    + " bytes.");
        }
    }

    private static boolean complete(PictureHeader header, ByteReader in) {
        return switch (header.format()) {
            // Stuffed zeros keep the end marker out of the compressed data (ITU T.81, B.1.1.5); a thumbnail lies before.
            case JPEG -> in.last(header.body(), 0xff, 0xd9) >= 0;
            case PNG -> in.last(8, 'I', 'E', 'N', 'D') >= 0;
            case BMP, WEBP, PNM -> in.bytes().length >= header.length();
        };
    }
}
