package dev.striate.data.video;

import dev.striate.StriateException;
import dev.striate.data.picture.Picture;
import dev.striate.natives.NativeSettings;
import java.util.Optional;
import java.util.OptionalLong;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.global.opencv_videoio;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_videoio.VideoCapture;

/// A camera of this machine, through OpenCV.
final class Camera implements Frames {
    private static final double USUAL_RATE = 30;

    static {
        NativeSettings.ensure();
        NativeSettings.environment("OPENCV_LOG_LEVEL", "SILENT");
        Loader.load(opencv_imgproc.class);
        Loader.load(opencv_videoio.class);
    }

    private final int number;
    private final VideoCapture capture;
    private final Mat mat = new Mat();

    private Camera(int number, VideoCapture capture) {
        this.number = number;
        this.capture = capture;
    }

    static Camera open(int number) {
        var capture = new VideoCapture(number);
        if (!capture.isOpened()) {
            capture.close();
            throw StriateException.machine("A camera was expected at camera:" + number
                    + "; this machine has none there, or another program holds it.");
        }
        return new Camera(number, capture);
    }

    @Override
    public String name() {
        return "camera:" + number;
    }

    @Override
    public Optional<Picture> next() {
        if (!capture.read(mat) || mat.empty()) return Optional.empty();
        if (mat.channels() == 3) opencv_imgproc.cvtColor(mat, mat, opencv_imgproc.COLOR_BGR2RGB);
        var pixels = new byte[Math.toIntExact(mat.total() * mat.channels())];
        mat.data().get(pixels);
        return Optional.of(new Picture(mat.cols(), mat.rows(), mat.channels(), pixels));
    }

    @Override
    public double framesPerSecond() {
        var rate = capture.get(opencv_videoio.CAP_PROP_FPS);
        return Double.isFinite(rate) && rate > 0 ? rate : USUAL_RATE;
    }

    @Override
    public OptionalLong expected() {
        return OptionalLong.empty();
    }

    @Override
    public void close() {
        capture.release();
        capture.close();
        mat.close();
    }
}
