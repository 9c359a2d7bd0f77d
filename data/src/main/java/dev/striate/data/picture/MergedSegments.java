package dev.striate.data.picture;

import dev.striate.box.Box;
import java.util.List;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.global.opencv_ximgproc;
import org.bytedeco.opencv.opencv_core.RectVector;

/// The boxes of OpenCV's selective search, each once, in an order that is of no use.
final class MergedSegments {
    static {
        OpenCv.load();
        Loader.load(opencv_ximgproc.class);
    }

    private MergedSegments() {}

    static List<Box> of(Picture picture) {
        try (var _ = new PointerScope()) {
            var mat = OpenCv.mat(Pictures.rgb(picture));
            opencv_imgproc.cvtColor(mat, mat, opencv_imgproc.COLOR_RGB2BGR);
            var search = opencv_ximgproc.createSelectiveSearchSegmentation();
            search.setBaseImage(mat);
            search.switchToSelectiveSearchFast();
            var found = new RectVector();
            search.process(found);
            return LongStream.range(0, found.size()).mapToObj(found::get)
                    .map(each -> new Box(each.x(), each.y(), each.x() + each.width(), each.y() + each.height()))
                    .toList();
        }
    }
}
