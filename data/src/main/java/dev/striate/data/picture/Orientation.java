package dev.striate.data.picture;

/// Whether a JPEG's EXIF data say that it was taken with the camera on its side: decoding then swaps width and height.
final class Orientation {
    private static final int EXIF = 0xe1;
    private static final int SCAN = 0xda;
    private static final int TAG = 0x0112;
    /// From this value on rows and columns change places (EXIF 2.32, 4.6.4 A).
    private static final int FIRST_ON_SIDE = 5;
    private static final int LAST = 8;

    private Orientation() {}

    static boolean isOnItsSide(ByteReader jpeg) {
        try {
            for (var at = 2;;) {
                while (jpeg.at(at) == 0xff && jpeg.at(at + 1) == 0xff) at++;
                var marker = jpeg.at(at + 1);
                if (marker == SCAN) return false;
                if (marker == EXIF && jpeg.starts(at + 4, 'E', 'x', 'i', 'f', 0, 0)) return isOnItsSide(jpeg, at + 10);
                at += 2 + (int) jpeg.big(at + 2, 2);
            }
        } catch (IndexOutOfBoundsException _) {
            return false;
        }
    }

    /// TIFF 6.0, section 2: the byte order, 42, the place of the first directory; entries of 12 bytes there.
    private static boolean isOnItsSide(ByteReader jpeg, int tiff) {
        var isBig = jpeg.at(tiff) == 'M';
        var directory = tiff + (int) number(jpeg, tiff + 4, 4, isBig);
        var entries = number(jpeg, directory, 2, isBig);
        for (var i = 0; i < entries; i++) {
            var entry = directory + 2 + 12 * i;
            if (number(jpeg, entry, 2, isBig) != TAG) continue;
            var value = number(jpeg, entry + 8, 2, isBig);
            return value >= FIRST_ON_SIDE && value <= LAST;
        }
        return false;
    }

    private static long number(ByteReader bytes, int at, int count, boolean isBig) {
        return isBig ? bytes.big(at, count) : bytes.little(at, count);
    }
}
