package dev.striate.data.face;

import dev.striate.StriateException;
import dev.striate.data.picture.Picture;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/// Finds faces in pictures. For one thread at a time; others wait.
public sealed interface FaceFinder extends AutoCloseable permits YuNet, Cascade {
    /// YuNet (Wu et al. 2023) from its file, `face_detection_yunet_2023mar.onnx` of OpenCV's model zoo, with landmarks and
    /// scores from 0 to 1 of which 0.9 counts. Pictures are shrunk to 320 pixels on their longer side, of which a face takes
    /// 10 to 300.
    static FaceFinder yunet(Path file) {
        return yunet(file, YuNet.LEAST_SCORE);
    }

    /// The same with the score from which a face counts, from 0 to 1.
    static FaceFinder yunet(Path file, double leastScore) {
        return new YuNet(file, leastScore);
    }

    /// The cascade of Haar-like features (Viola and Jones 2001) that comes with OpenCV and needs no file: faces seen from the
    /// front and upright, their boxes without landmarks. Pictures are shrunk to 640 pixels on their longer side, of which a
    /// face takes at least 20. A score is the sum of the last stage's votes.
    static FaceFinder cascade() {
        return new Cascade();
    }

    /// All faces of a picture, in no certain order.
    List<Face> find(Picture picture);

    /// The face of a picture that shows one person; refuses a picture without a face, and one with several.
    ///
    /// @param name what messages call the picture
    default Face one(Picture picture, String name) {
        var faces = find(picture);
        if (faces.size() == 1) return faces.getFirst();
        if (faces.isEmpty()) throw new StriateException("One face was expected in " + name + "; none was found.");
        throw new StriateException("One face was expected in " + name + "; " + faces.size() + " were found: "
                + faces.stream().map(FaceFinder::place).collect(Collectors.joining(", ")) + ".");
    }

    private static String place(Face face) {
        var box = face.box();
        return Math.round(box.width()) + "×" + Math.round(box.height()) + " pixels at (" + Math.round(box.left()) + ", "
                + Math.round(box.top()) + ")";
    }

    @Override
    void close();
}
