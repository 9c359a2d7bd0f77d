package dev.striate.data.picture;

import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Point;
import org.bytedeco.opencv.opencv_core.Scalar;

/// Short ASCII texts as pictures of their own, in OpenCV's stroke fonts.
public final class Lettering {
    static {
        OpenCv.load();
    }

    private Lettering() {}

    /// OpenCV's fonts, after the pens of A. V. Hershey (1967).
    public enum Font {
        SIMPLEX(opencv_imgproc.FONT_HERSHEY_SIMPLEX),
        PLAIN(opencv_imgproc.FONT_HERSHEY_PLAIN),
        DUPLEX(opencv_imgproc.FONT_HERSHEY_DUPLEX),
        COMPLEX(opencv_imgproc.FONT_HERSHEY_COMPLEX),
        TRIPLEX(opencv_imgproc.FONT_HERSHEY_TRIPLEX),
        SCRIPT(opencv_imgproc.FONT_HERSHEY_SCRIPT_COMPLEX);

        private final int number;

        Font(int number) {
            this.number = number;
        }
    }

    /// A square grey picture, black, with a text in white at its centre, `height` pixels high in strokes of `thickness`.
    public static Picture centred(String text, Font font, int side, int height, int thickness) {
        try (var _ = new PointerScope()) {
            var mat = new Mat(side, side, opencv_core.CV_8UC1, new Scalar(0));
            var plain = opencv_imgproc.getTextSize(text, font.number, 1, thickness, new IntPointer(1));
            var scale = (double) height / plain.height();
            var size = opencv_imgproc.getTextSize(text, font.number, scale, thickness, new IntPointer(1));
            var place = new Point((side - size.width()) / 2, (side + size.height()) / 2);
            opencv_imgproc.putText(mat, text, place, font.number, scale, new Scalar(255), thickness,
                    opencv_imgproc.LINE_AA, false);
            return OpenCv.picture(mat);
        }
    }
}
