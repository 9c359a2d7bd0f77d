package dev.striate.data.face;

import dev.striate.StriateException;
import dev.striate.box.Box;
import dev.striate.data.picture.Affine;
import dev.striate.data.picture.OpenCv;
import dev.striate.data.picture.Picture;
import dev.striate.data.picture.Pictures;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.global.opencv_objdetect;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.RectVector;
import org.bytedeco.opencv.opencv_core.Size;
import org.bytedeco.opencv.opencv_objdetect.CascadeClassifier;

/// OpenCV's `CascadeClassifier` with the cascade of trees that it carries for faces from the front.
final class Cascade implements FaceFinder {
    private static final String TREES = "share/opencv4/haarcascades/haarcascade_frontalface_alt2.xml";
    private static final int LONGEST_SIDE = 640;
    private static final int SMALLEST_FACE = 20;
    /// Each size of a face is so much larger than the one before.
    private static final double STEP = 1.1;
    /// So many windows that overlap make a face.
    private static final int NEIGHBOURS = 3;
    /// The edge is repeated outwards by a part of the picture, so that a face that fills it has surroundings.
    private static final int EDGE = 10;

    static {
        OpenCv.load();
        Loader.load(opencv_objdetect.class);
    }

    private final CascadeClassifier classifier = open();

    private static CascadeClassifier open() {
        try {
            var file = Loader.cacheResource(opencv_objdetect.class,
                    "/org/bytedeco/opencv/" + Loader.getPlatform() + "/" + TREES);
            var classifier = new CascadeClassifier();
            if (file != null && classifier.load(file.getPath())) return classifier;
        } catch (IOException e) {
            throw new StriateException(StriateException.Kind.MACHINE,
                    "OpenCV's cascade for faces cannot be unpacked: " + e.getMessage() + ".", e);
        }
        throw StriateException
                .machine("OpenCV's cascade for faces was expected with OpenCV; for " + Loader.getPlatform()
                        + " it does not come with it.");
    }

    @Override
    public synchronized List<Face> find(Picture picture) {
        var shrunk = Shrunk.to(LONGEST_SIDE, picture);
        var across = shrunk.picture().width() / EDGE;
        var down = shrunk.picture().height() / EDGE;
        var back = Affine.moved(-across, -down).then(shrunk.back());
        try (var _ = new PointerScope()) {
            var mat = new Mat();
            opencv_core.copyMakeBorder(OpenCv.mat(Pictures.grey(shrunk.picture())), mat, down, down, across, across,
                    opencv_core.BORDER_REPLICATE);
            opencv_imgproc.equalizeHist(mat, mat);
            var boxes = new RectVector();
            var scores = new DoublePointer();
            classifier.detectMultiScale3(mat, boxes, new IntPointer(), scores, STEP, NEIGHBOURS, 0,
                    new Size(SMALLEST_FACE, SMALLEST_FACE), new Size(), true);
            return LongStream.range(0, boxes.size()).mapToObj(i -> face(boxes.get(i), scores.get(i)).moved(back))
                    .toList();
        }
    }

    private static Face face(Rect box, double score) {
        return new Face(new Box(box.x(), box.y(), box.x() + box.width(), box.y() + box.height()), score,
                Optional.empty());
    }

    @Override
    public synchronized void close() {
        classifier.close();
    }
}
