package dev.striate.vision.doctor;

import dev.striate.data.picture.Interpolation;
import dev.striate.data.picture.Picture;
import dev.striate.data.picture.Pictures;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;

/// What tells a picture from others.
///
/// @param exact a checksum of size and pixels
/// @param look 64 bits that small changes of a picture leave nearly alone: whether, of 9×8 averaged greys, each is darker
///        than its right neighbour (dHash; Krawetz 2013)
/// @param greys 16×16 averaged greys, row by row
record Fingerprint(long exact, long look, byte[] greys) {
    /// A picture of one colour looks like every other: it has no look.
    static final long NO_LOOK = 0;
    /// Of a picture that cannot be read.
    static final Fingerprint NONE = new Fingerprint(0, NO_LOOK, new byte[0]);
    private static final int SIDE = 8;
    private static final int GREYS = 16;
    /// Of 64 bits: a picture saved again or resized differs in fewer, two pictures of one kind often in more.
    private static final int NEAR = 2;
    /// Greys of near pictures differ by less than this share of how much one's own differ among themselves: those whose
    /// background is all black agree in most bits of their looks, whatever they show.
    private static final double ALIKE = 1.0 / 16;

    static Fingerprint of(Picture picture) {
        var crc = new CRC32C();
        crc.update(picture.pixels());
        var exact = crc.getValue() << 32 ^ (long) picture.width() << 16 ^ picture.height() ^ picture.channels() << 30;
        var grey = Pictures.grey(picture);
        return new Fingerprint(exact, look(grey), Pictures.resize(grey, GREYS, GREYS, Interpolation.BEST).pixels());
    }

    private static long look(Picture grey) {
        var small = Pictures.resize(grey, SIDE + 1, SIDE, Interpolation.BEST);
        var bits = 0L;
        for (var y = 0; y < SIDE; y++) {
            for (var x = 0; x < SIDE; x++) {
                bits = bits << 1 | (small.at(x, y, 0) < small.at(x + 1, y, 0) ? 1 : 0);
            }
        }
        return bits;
    }

    /// Whether somebody would take two different pictures for the same at a glance.
    boolean isNear(Fingerprint other) {
        if (exact == other.exact || Long.bitCount(look ^ other.look) > NEAR) return false;
        var mean = IntStream.range(0, greys.length).map(i -> greys[i] & 0xff).average().orElse(0);
        var between = 0.0;
        var within = 0.0;
        for (var i = 0; i < greys.length; i++) {
            between += Math.abs((greys[i] & 0xff) - (other.greys[i] & 0xff));
            within += Math.abs((greys[i] & 0xff) - mean);
        }
        return between <= ALIKE * within;
    }
}
