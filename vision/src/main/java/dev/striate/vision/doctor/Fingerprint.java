package dev.striate.vision.doctor;

import dev.striate.data.picture.Interpolation;
import dev.striate.data.picture.Picture;
import dev.striate.data.picture.Pictures;
import java.util.zip.CRC32C;

/// What tells a picture from others.
///
/// @param exact a checksum of size and pixels
/// @param look 64 bits that small changes of a picture leave nearly alone: whether, of 9×8 averaged greys, each is darker
///        than its right neighbour (dHash; Krawetz 2013)
record Fingerprint(long exact, long look) {
    /// A picture of one colour looks like every other: it has no look.
    static final long NO_LOOK = 0;
    private static final int SIDE = 8;

    static Fingerprint of(Picture picture) {
        var crc = new CRC32C();
        crc.update(picture.pixels());
        var exact = crc.getValue() << 32 ^ (long) picture.width() << 16 ^ picture.height() ^ picture.channels() << 30;
        return new Fingerprint(exact, look(picture));
    }

    private static long look(Picture picture) {
        var small = Pictures.resize(Pictures.grey(picture), SIDE + 1, SIDE, Interpolation.BEST);
        var bits = 0L;
        for (var y = 0; y < SIDE; y++) {
            for (var x = 0; x < SIDE; x++) {
                bits = bits << 1 | (small.at(x, y, 0) < small.at(x + 1, y, 0) ? 1 : 0);
            }
        }
        return bits;
    }

    /// In how many of 64 bits two looks differ.
    int distance(Fingerprint other) {
        return Long.bitCount(look ^ other.look);
    }
}
