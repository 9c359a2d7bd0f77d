package dev.striate.data.picture;

import dev.striate.natives.NativeSettings;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;

/// Loads OpenCV as it is wanted here, once, and carries pictures over and back; for the packages beside this one.
public final class OpenCv {
    static {
        NativeSettings.ensure();
        // What it would print, an exception says anyway.
        NativeSettings.environment("OPENCV_LOG_LEVEL", "SILENT");
        Loader.load(opencv_imgcodecs.class);
        Loader.load(opencv_imgproc.class);
        // One picture is one thread's work: many are prepared side by side.
        opencv_core.setNumThreads(1);
    }

    private OpenCv() {}

    /// Call before the first use of OpenCV.
    public static void load() {}

    /// A copy in native memory; belongs to the caller's PointerScope.
    public static Mat mat(Picture picture) {
        var mat = new Mat(picture.height(), picture.width(), opencv_core.CV_8UC(picture.channels()));
        mat.data().put(picture.pixels());
        return mat;
    }

    /// A copy of a continuous 8-bit matrix of 1 or 3 channels.
    static Picture picture(Mat mat) {
        var pixels = new byte[Math.toIntExact(mat.total() * mat.channels())];
        mat.data().get(pixels);
        return new Picture(mat.cols(), mat.rows(), mat.channels(), pixels);
    }

    /// The bytes as a matrix of one row; belongs to the caller's PointerScope.
    static Mat row(byte[] bytes) {
        return new Mat(1, bytes.length, opencv_core.CV_8UC1, new BytePointer(bytes));
    }
}
