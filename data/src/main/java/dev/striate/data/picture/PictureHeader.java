package dev.striate.data.picture;

import dev.striate.StriateException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// What a picture file says of itself before it is decoded: `body` is where compressed pixels begin, or 0 where nobody
/// asks; `length` how many bytes the file has at least, or 0 where only its end tells.
record PictureHeader(Format format, long width, long height, boolean grey, int body, long length) {
    enum Format {
        JPEG, PNG, BMP, WEBP, PNM
    }

    private static final String GAP = "(?:\\s|#[^\\n]*\\n)+";
    private static final Pattern PNM = Pattern
            .compile("P([1-6])" + GAP + "(\\d{1,9})" + GAP + "(\\d{1,9})(?:" + GAP + "(\\d{1,5}))?\\s");

    /// Width × height, or the largest number where that is larger.
    long pixels() {
        return height > 0 && width > Long.MAX_VALUE / height ? Long.MAX_VALUE : width * height;
    }

    static PictureHeader of(byte[] bytes, String name) {
        if (bytes.length == 0) throw StriateException.file("A picture was expected; " + name + " is empty.");
        var in = new ByteReader(bytes);
        try {
            if (in.starts(0, 0xff, 0xd8, 0xff)) return jpeg(in);
            if (in.starts(0, 0x89, 'P', 'N', 'G')) return png(in);
            if (in.starts(0, 'B', 'M')) return bmp(in);
            if (in.starts(0, 'R', 'I', 'F', 'F') && in.starts(8, 'W', 'E', 'B', 'P')) return webp(in);
            if (in.at(0) == 'P' && in.at(1) >= '1' && in.at(1) <= '6') return pnm(bytes);
        } catch (IndexOutOfBoundsException e) {
            throw StriateException.file("A whole picture was expected; " + name + " ends inside its header, after "
                    + bytes.length + " bytes.", e);
        }
        throw StriateException.file("A JPEG, PNG, PGM, BMP or WebP picture was expected; " + name + " is none.");
    }

    /// ITU T.81, B.1.1: a chain of markers; the frame header SOFn holds the size, SOS begins the compressed data.
    private static PictureHeader jpeg(ByteReader in) {
        long width = 0;
        long height = 0;
        var grey = false;
        for (var at = 2;;) {
            while (in.at(at) == 0xff && in.at(at + 1) == 0xff) at++;
            var marker = in.at(at + 1);
            if (marker == 0xda) return new PictureHeader(Format.JPEG, width, height, grey, at, 0);
            if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc) {
                height = in.big(at + 5, 2);
                width = in.big(at + 7, 2);
                grey = in.at(at + 9) == 1;
            }
            at += 2 + (int) in.big(at + 2, 2);
        }
    }

    /// Colour types 0 and 4 are grey, without and with transparency (PNG, 11.2.2).
    private static PictureHeader png(ByteReader in) {
        var type = in.at(25);
        return new PictureHeader(Format.PNG, in.big(16, 4), in.big(20, 4), type == 0 || type == 4, 0, 0);
    }

    private static PictureHeader bmp(ByteReader in) {
        var old = in.little(14, 4) == 12;
        var width = old ? in.little(18, 2) : in.little(18, 4);
        var height = old ? in.little(20, 2) : Math.abs((int) in.little(22, 4));
        var bits = in.little(old ? 24 : 28, 2);
        var compressed = !old && in.little(30, 4) != 0;
        var length = compressed ? 0 : in.little(10, 4) + (width * bits + 31) / 32 * 4 * height;
        return new PictureHeader(Format.BMP, width, height, false, 0, length);
    }

    /// RFC 9649, sections 2.5 to 2.7.
    private static PictureHeader webp(ByteReader in) {
        var length = in.little(4, 4) + 8;
        var bits = in.little(21, 4);
        return switch ((char) in.at(15)) {
            case 'X' -> new PictureHeader(Format.WEBP, in.little(24, 3) + 1, in.little(27, 3) + 1, false, 0, length);
            case 'L' ->
                new PictureHeader(Format.WEBP, (bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1, false, 0, length);
            default ->
                new PictureHeader(Format.WEBP, in.little(26, 2) & 0x3fff, in.little(28, 2) & 0x3fff, false, 0, length);
        };
    }

    /// Kinds 1 to 3 are text, 4 to 6 binary: bits, greys, colours.
    private static PictureHeader pnm(byte[] bytes) {
        var text = new String(bytes, 0, Math.min(bytes.length, 4096), StandardCharsets.ISO_8859_1);
        var match = PNM.matcher(text);
        if (!match.lookingAt()) throw new IndexOutOfBoundsException();
        var width = Long.parseLong(match.group(2));
        var height = Long.parseLong(match.group(3));
        var wide = match.group(4) != null && Integer.parseInt(match.group(4)) > 255 ? 2 : 1;
        var row = switch (match.group(1)) {
            case "4" -> (width + 7) / 8;
            case "5" -> width * wide;
            case "6" -> 3 * width * wide;
            default -> 0;
        };
        return new PictureHeader(Format.PNM, width, height, !match.group(1).matches("[36]"), 0,
                match.end() + row * height);
    }
}
