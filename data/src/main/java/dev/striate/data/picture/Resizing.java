package dev.striate.data.picture;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/// Resizing and warping through OpenCV.
final class Resizing {
    static {
        OpenCv.load();
    }

    private Resizing() {}

    static Picture resize(Picture picture, int width, int height, Interpolation interpolation) {
        try (var _ = new PointerScope()) {
            var mat = OpenCv.mat(picture);
            return OpenCv.picture(switch (interpolation) {
                case BEST -> best(mat, width, height);
                case AREA -> to(mat, width, height, opencv_imgproc.INTER_AREA);
                case LINEAR -> to(mat, width, height, opencv_imgproc.INTER_LINEAR);
                case CUBIC -> to(mat, width, height, opencv_imgproc.INTER_CUBIC);
                // The nearest by centres, as masks are moved; OpenCV's older way is off by up to half a pixel.
                case NEAREST -> to(mat, width, height, opencv_imgproc.INTER_NEAREST_EXACT);
            });
        }
    }

    static Picture warp(Picture picture, double[] forward, dev.striate.graph.Size size) {
        try (var _ = new PointerScope()) {
            var matrix = new Mat(2, 3, opencv_core.CV_64FC1, new DoublePointer(forward));
            var warped = new Mat();
            opencv_imgproc.warpAffine(OpenCv.mat(picture), warped, matrix, new Size(size.width(), size.height()),
                    opencv_imgproc.INTER_LINEAR, opencv_core.BORDER_CONSTANT, new Scalar());
            return OpenCv.picture(warped);
        }
    }

    /// OpenCV averages areas only where both sides shrink, so a mixed case takes two steps.
    private static Mat best(Mat mat, int width, int height) {
        var shrunk = to(mat, Math.min(width, mat.cols()), Math.min(height, mat.rows()), opencv_imgproc.INTER_AREA);
        return to(shrunk, width, height, opencv_imgproc.INTER_LINEAR);
    }

    private static Mat to(Mat mat, int width, int height, int interpolation) {
        if (mat.cols() == width && mat.rows() == height) return mat;
        var resized = new Mat();
        opencv_imgproc.resize(mat, resized, new Size(width, height), 0, 0, interpolation);
        return resized;
    }
}
