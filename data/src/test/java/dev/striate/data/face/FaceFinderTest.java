package dev.striate.data.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.striate.StriateException;
import dev.striate.box.Box;
import dev.striate.data.files.FileTree;
import dev.striate.data.picture.Picture;
import dev.striate.data.picture.Pictures;
import dev.striate.fixtures.SharedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("native")
class FaceFinderTest {
    @TempDir
    Path folder;

    @Test
    void readsBoxesLandmarksAndScoresOfYuNet() throws IOException {
        try (var finder = finder()) {
            var face = finder.one(withFaces(96, 64, 255, new Box(32, 32, 64, 64)), "cell");
            assertThat(face.box()).isEqualTo(new Box(32, 32, 64, 64));
            assertThat(face.score()).isCloseTo(1, within(1e-4));
            assertThat(face.landmarks()).contains(Landmarks.of(40, 40, 56, 40, 48, 48, 44, 56, 52, 56));
        }
    }

    @Test
    void tellsPlacesInThePicturesOwnPixels() throws IOException {
        try (var finder = finder()) {
            var face = finder.one(withFaces(640, 320, 255, new Box(128, 64, 192, 128)), "cell");
            assertThat(face.box()).isEqualTo(new Box(128, 64, 192, 128));
            assertThat(face.landmarks().orElseThrow().leftEye()).isEqualTo(new Landmarks.Point(176, 80));
        }
    }

    @Test
    void leavesOutWhatIsNotSure() throws IOException {
        var picture = withFaces(64, 64, 200, new Box(0, 0, 32, 32));
        try (var finder = finder(); var lenient = FaceFinder.yunet(folder.resolve("yunet.onnx"), 0.7)) {
            assertThat(finder.find(picture)).isEmpty();
            assertThat(lenient.find(picture)).singleElement()
                    .satisfies(face -> assertThat(face.score()).isCloseTo(200 / 255.0, within(1e-4)));
        }
    }

    @Test
    void refusesPicturesThatDoNotShowOneFace() throws IOException {
        try (var finder = finder()) {
            assertThatThrownBy(() -> finder.one(Picture.black(64, 64, 1), "black.png"))
                    .isInstanceOf(StriateException.class)
                    .hasMessage("One face was expected in black.png; none was found.");
            var crowd = withFaces(128, 96, 255, new Box(0, 0, 32, 32), new Box(64, 32, 96, 64), new Box(0, 64, 32, 96));
            assertThatThrownBy(() -> finder.one(crowd, "crowd.png")).hasMessageStartingWith(
                    "One face was expected in crowd.png; 3 were found: 32×32 pixels at (")
                    .hasMessageContaining("32×32 pixels at (64, 32)");
        }
    }

    @Test
    void refusesWhatIsNoYuNet() throws IOException {
        assertThatThrownBy(() -> FaceFinder.yunet(folder.resolve("none.onnx"))).hasMessage(
                "A YuNet model was expected at " + folder.resolve("none.onnx")
                        + "; it cannot be read: there is no such file.");
        var other = Files.writeString(folder.resolve("other.onnx"), "nothing of the kind");
        assertThatThrownBy(() -> FaceFinder.yunet(other)).isInstanceOf(StriateException.class)
                .hasMessage(
                        "A YuNet model as face_detection_yunet_2023mar.onnx was expected; OpenCV cannot run " + other
                                + " as one.");
        assertThatThrownBy(() -> FaceFinder.yunet(other, 2))
                .hasMessage("A least score from 0 to 1 was expected; received 2.0.");
    }

    /// The first picture of each of ten persons; each face fills most of its 92×112 pixels.
    @Test
    @Tag("shared")
    void findsPortraitsWithoutAFile() {
        var tree = FileTree.of(SharedFiles.file("data/orl-faces.zip"));
        var portraits = tree.files().stream().filter(FileTree::isPicture)
                .filter(file -> FileTree.stem(file).equals("1"))
                .limit(10).toList();
        try (var finder = FaceFinder.cascade()) {
            assertThat(portraits).hasSize(10).allSatisfy(file -> {
                var face = finder.one(Pictures.decode(tree.read(file), file), file);
                assertThat(face.box().intersection(new Box(0, 0, 92, 112))).isGreaterThan(40 * 40);
                assertThat(face.landmarks()).isEmpty();
            });
        }
    }

    @Test
    void findsNoFaceWhereThereIsNone() {
        try (var finder = FaceFinder.cascade()) {
            assertThat(finder.find(withFaces(200, 100, 255, new Box(32, 32, 64, 64)))).isEmpty();
            assertThat(finder.find(Picture.black(5, 5, 1))).isEmpty();
        }
    }

    private FaceFinder finder() throws IOException {
        return FaceFinder.yunet(Files.write(folder.resolve("yunet.onnx"), StandIn.model()));
    }

    /// What the stand-in takes for faces, on red.
    private static Picture withFaces(int width, int height, int blue, Box... faces) {
        var picture = Picture.black(width, height, 3);
        for (var i = 0; i < picture.pixels().length; i += 3) picture.pixels()[i] = (byte) 255;
        for (var face : faces) {
            for (var y = (int) face.top(); y < face.bottom(); y++) {
                for (var x = (int) face.left(); x < face.right(); x++) {
                    picture.pixels()[(y * width + x) * 3] = 0;
                    picture.pixels()[(y * width + x) * 3 + 2] = (byte) blue;
                }
            }
        }
        return picture;
    }
}
