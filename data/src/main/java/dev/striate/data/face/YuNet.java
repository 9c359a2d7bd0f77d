package dev.striate.data.face;

import dev.striate.StriateException;
import dev.striate.box.Box;
import dev.striate.data.picture.OpenCv;
import dev.striate.data.picture.Picture;
import dev.striate.data.picture.Pictures;
import dev.striate.files.FileErrors;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.global.opencv_objdetect;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;
import org.bytedeco.opencv.opencv_objdetect.FaceDetectorYN;

/// OpenCV's `FaceDetectorYN`: the network, its anchors and non-maximum suppression.
final class YuNet implements FaceFinder {
    /// OpenCV's own settings.
    static final double LEAST_SCORE = 0.9;
    private static final float OVERLAP = 0.3f;
    private static final int MOST_CANDIDATES = 5000;
    private static final int LONGEST_SIDE = 320;
    /// x, y, width and height of the box, ten numbers for the landmarks, and the score.
    private static final int NUMBERS = 15;
    /// The coarsest of the network's maps has one cell for so many pixels.
    private static final int SMALLEST_SIDE = 32;

    static {
        OpenCv.load();
        Loader.load(opencv_objdetect.class);
    }

    private final Path file;
    private final FaceDetectorYN detector;

    YuNet(Path file, double leastScore) {
        if (!(leastScore >= 0 && leastScore <= 1)) {
            throw new StriateException("A least score from 0 to 1 was expected; received " + leastScore + ".");
        }
        this.file = file;
        this.detector = open(file, (float) leastScore);
        // What has not YuNet's outputs shows as it runs.
        find(Picture.black(SMALLEST_SIDE, SMALLEST_SIDE, 3));
    }

    private static FaceDetectorYN open(Path file, float leastScore) {
        try {
            return FaceDetectorYN.create("onnx", Files.readAllBytes(file), new byte[0], new Size(), leastScore, OVERLAP,
                    MOST_CANDIDATES, 0, 0);
        } catch (IOException e) {
            throw StriateException.file("A YuNet model was expected at " + file + "; it cannot be read: "
                    + FileErrors.whyNotRead(file, e) + ".", e);
        } catch (RuntimeException e) {
            throw notYuNet(file, e);
        }
    }

    private static StriateException notYuNet(Path file, RuntimeException failure) {
        return StriateException
                .file("A YuNet model as face_detection_yunet_2023mar.onnx was expected; OpenCV cannot run "
                        + file + " as one.", failure);
    }

    @Override
    public synchronized List<Face> find(Picture picture) {
        var shrunk = Shrunk.to(LONGEST_SIDE, picture);
        try (var _ = new PointerScope()) {
            var mat = OpenCv.mat(Pictures.rgb(shrunk.picture()));
            opencv_imgproc.cvtColor(mat, mat, opencv_imgproc.COLOR_RGB2BGR);
            detector.setInputSize(mat.size());
            var found = new Mat();
            detector.detect(mat, found);
            if (found.empty()) return List.of();
            FloatBuffer numbers = found.createBuffer();
            return IntStream.range(0, found.rows()).mapToObj(row -> face(numbers, row * NUMBERS).moved(shrunk.back()))
                    .toList();
        } catch (RuntimeException e) {
            throw notYuNet(file, e);
        }
    }

    private static Face face(FloatBuffer numbers, int at) {
        var box = Box.around(numbers.get(at) + numbers.get(at + 2) / 2, numbers.get(at + 1) + numbers.get(at + 3) / 2,
                numbers.get(at + 2), numbers.get(at + 3));
        var landmarks = IntStream.range(at + 4, at + NUMBERS - 1).mapToDouble(numbers::get).toArray();
        return new Face(box, numbers.get(at + NUMBERS - 1), Optional.of(Landmarks.of(landmarks)));
    }

    @Override
    public synchronized void close() {
        detector.close();
    }
}
