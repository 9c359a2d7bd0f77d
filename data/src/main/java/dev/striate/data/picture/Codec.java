package dev.striate.data.picture;

import dev.striate.StriateException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;

/// Decoding and encoding through OpenCV.
final class Codec {
    private static final Set<String> WRITTEN = Set.of(".png", ".jpg", ".jpeg", ".bmp", ".webp", ".pgm", ".ppm");
    private static final int JPEG_QUALITY = 95;
    private static final int WEBP_QUALITY = 90;

    static {
        OpenCv.load();
    }

    private Codec() {}

    static Picture decode(byte[] bytes, boolean grey, String name) {
        try (var _ = new PointerScope()) {
            // Both apply the EXIF orientation, and make 8 bits of 16.
            var mat = opencv_imgcodecs.imdecode(OpenCv.row(bytes), grey ? opencv_imgcodecs.IMREAD_GRAYSCALE
                    : opencv_imgcodecs.IMREAD_COLOR_RGB);
            if (mat.empty()) throw StriateException.file("A picture was expected; " + name + " cannot be decoded.");
            return OpenCv.picture(mat);
        } catch (RuntimeException e) {
            throw e instanceof StriateException known ? known
                    : StriateException.file("A picture was expected; " + name + " cannot be decoded.", e);
        }
    }

    static byte[] encode(Picture picture, Path file) {
        var name = file.getFileName().toString();
        var ending = name.substring(Math.max(0, name.lastIndexOf('.'))).toLowerCase(Locale.ROOT);
        if (!WRITTEN.contains(ending)) {
            throw new StriateException("A picture's file name ends in .png, .jpg, .bmp, .webp, .pgm or .ppm; received "
                    + file + ".");
        }
        try (var _ = new PointerScope()) {
            var mat = OpenCv.mat(picture);
            if (picture.channels() == 3) opencv_imgproc.cvtColor(mat, mat, opencv_imgproc.COLOR_RGB2BGR);
            return encode(mat, ending);
        }
    }

    private static byte[] encode(Mat mat, String ending) {
        var bytes = new BytePointer();
        var settings = switch (ending) {
            case ".jpg", ".jpeg" -> new IntPointer(opencv_imgcodecs.IMWRITE_JPEG_QUALITY, JPEG_QUALITY);
            case ".webp" -> new IntPointer(opencv_imgcodecs.IMWRITE_WEBP_QUALITY, WEBP_QUALITY);
            default -> new IntPointer();
        };
        opencv_imgcodecs.imencode(ending, mat, bytes, settings);
        var encoded = new byte[Math.toIntExact(bytes.limit())];
        bytes.get(encoded);
        return encoded;
    }
}
