package dev.striate.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.striate.box.Box;
import dev.striate.data.picture.Picture;
import dev.striate.data.picture.Pictures;
import dev.striate.data.video.Videos;
import dev.striate.detect.Detection;
import dev.striate.graph.Size;
import dev.striate.vision.detect.ObjectFinder;
import dev.striate.vision.detect.Thresholds;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// By a detector of plain code, for what is red and what is blue.
@Tag("native")
class DetectCommandTest {
    @TempDir
    Path folder;
    private String out = "";
    private String err = "";

    @BeforeEach
    void givenPictures() throws IOException {
        Files.createDirectories(folder.resolve("photos/night"));
        Pictures.write(picture(20), folder.resolve("photos/one.png"));
        Pictures.write(picture(30), folder.resolve("photos/night/one.png"));
    }

    @Test
    void saysWhatIsInEachPictureOfAFolderAndDrawsItInTheSameFolders() {
        var answers = json("photos --out {}/found");

        assertThat(answers.findValuesAsString("picture")).containsExactly(folder + "/photos/night/one.png",
                folder + "/photos/one.png");
        assertThat(answers.at("/1/objects").findValuesAsString("label")).containsExactly("red", "blue");
        assertThat(answers.at("/1/objects/0/score").asDouble()).isEqualTo(1);
        assertThat(answers.at("/1/objects/0/box/left").asDouble()).isEqualTo(20);
        assertThat(answers.at("/1/objects/0/box/width").asDouble()).isEqualTo(40);
        assertThat(answers.at("/1/width").asInt()).isEqualTo(640);
        assertThat(answers.at("/1/failure").isNull()).isTrue();
        assertThat(answers.at("/0/drawn").asString()).isEqualTo(folder + "/found/night/one.png");
        assertThat(Pictures.read(folder.resolve("found/night/one.png")).size()).isEqualTo(new Size(480, 640));
        assertThat(Pictures.read(folder.resolve("found/one.png"))).isNotEqualTo(picture(20));
    }

    @Test
    void withoutAFolderItOnlySays() {
        assertThat(execute("photos/one.png")).isZero();
        assertThat(out.lines()).containsExactly(folder + "/photos/one.png",
                "  100.0 %  red  (20.0, 50.0) to (60.0, 90.0)", "   50.0 %  blue  (300.0, 300.0) to (400.0, 400.0)");
        assertThat(execute("photos/one.png --classes blue --threshold 0.6")).isZero();
        assertThat(out.strip()).isEqualTo(folder + "/photos/one.png  no objects");
    }

    @Test
    void onlyTheClassesAskedForAreTold() {
        var answers = json("photos/one.png --classes blue");
        assertThat(answers.at("/0/objects").findValuesAsString("label")).containsExactly("blue");
        refuses("A class of the model was expected for --classes; received 'green', and it knows red, blue.",
                "photos --classes blue,green");
    }

    @Test
    void writesFilesForOtherPrograms() throws IOException {
        json("photos --out {}/found --voc --darknet --coco");

        assertThat(Files.readString(folder.resolve("found/night/one.xml"))).contains(
                "<filename>night/one.png</filename>",
                "<name>red</name>", "<xmin>31</xmin>");
        assertThat(Files.readString(folder.resolve("found/one.txt")).lines()).hasSize(2).first()
                .isEqualTo("0 0.062500 0.145833 0.062500 0.083333 1.000000"); // 40/640, 70/480, 40/640, 40/480
        assertThat(Files.readString(folder.resolve("found/classes.txt"))).isEqualTo("red\nblue\n");
        var results = JsonMapper.shared().readTree(Files.readString(folder.resolve("found/coco-results.json")));
        assertThat(results).hasSize(4);
        assertThat(results.at("/2/image_id").asInt()).isEqualTo(2);
        assertThat(results.at("/2/bbox/0").asDouble()).isEqualTo(20);
        var images = JsonMapper.shared().readTree(Files.readString(folder.resolve("found/coco-images.json")));
        assertThat(images.at("/images/1/file_name").asString()).isEqualTo("one.png");
    }

    @Test
    void cutsObjectsOut() {
        var answers = json("photos/one.png --out {}/found --crops");

        assertThat(answers.at("/0/crops").size()).isEqualTo(2);
        var crop = Pictures.read(folder.resolve("found/crops/red/one-1.png"));
        assertThat(crop.size()).isEqualTo(new Size(40, 40));
        assertThat(crop.at(39, 39, 0)).isEqualTo(255);
        assertThat(folder.resolve("found/crops/blue/one-2.png")).isNotEmptyFile();
    }

    @Test
    void drawsAVideoFrameByFrame() {
        givenAVideo("drive.mp4");

        var answers = json("drive.mp4 --out {}/found");

        assertThat(answers.at("/0/drawn").asString()).isEqualTo(folder + "/found/drive.mp4");
        assertThat(answers.at("/0/video/frames")).hasSize(8);
        assertThat(answers.at("/0/video/frames/5/frame").asInt()).isEqualTo(5);
        assertThat(answers.at("/0/video/frames/5/seconds").asDouble()).isCloseTo(0.5, within(0.001));
        assertThat(answers.at("/0/video/frames/5/objects/0/box/left").asDouble()).isCloseTo(70, within(4.0));
        assertThat(answers.at("/0/video/speed/frames").asInt()).isEqualTo(8);
        try (var frames = Videos.open(folder.resolve("found/drive.mp4"))) {
            assertThat(frames.expected()).hasValue(8);
            assertThat(frames.next().orElseThrow().size()).isEqualTo(new Size(480, 640));
        }
        assertThat(execute("drive.mp4")).isZero();
        assertThat(out).contains("drive.mp4  8 frames, ", "red in 8 frames, at most 1 at once");
    }

    @Test
    void ofADamagedVideoWhatCanBeReadIsKept() throws IOException {
        var whole = Files.readAllBytes(givenAVideo("drive.avi"));
        Files.write(folder.resolve("half.avi"), Arrays.copyOf(whole, whole.length / 2));

        assertThat(execute("half.avi photos/one.png --out {}/found")).isEqualTo(1);

        assertThat(err.lines()).last().asString()
                .matches(".*half.avi is damaged: of its 8 frames [2345] could be read.");
        assertThat(out).contains("half.avi -> " + folder + "/found/half.avi", "photos/one.png -> ");
        try (var frames = Videos.open(folder.resolve("found/half.avi"))) {
            assertThat(frames.next()).isPresent();
        }
    }

    @Test
    void whatCannotBeReadIsNamedAndTheRestIsDone() throws IOException {
        Files.writeString(folder.resolve("photos/night/text.jpg"), "no picture at all");
        Files.writeString(folder.resolve("text.mp4"), "no video at all");

        assertThat(execute("photos text.mp4 gone.png camera:99 --out {}/found")).isEqualTo(1);

        assertThat(err.lines()).hasSize(5).first().isEqualTo("4 of 6 could not be read:");
        assertThat(err).contains("text.jpg is none", "text.mp4 cannot be decoded", "gone.png; there is no such file",
                "A camera was expected at camera:99; this machine has none there");
        assertThat(folder.resolve("found/one.png")).isNotEmptyFile();
        assertThat(folder.resolve("found/night/one.png")).isNotEmptyFile();
    }

    @Test
    void aPictureIsSeenUprightOnce() throws IOException {
        // The marker of EXIF with an orientation of 6, to be turned to the right, behind the first two bytes of a JPEG.
        var exif = new byte[] { -1, -31, 0, 34, 'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 1, 18, 0,
                3, 0,
                0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0 };
        var jpeg = Pictures.encode(picture(20), ".jpg");
        var turned = new byte[jpeg.length + exif.length];
        System.arraycopy(jpeg, 0, turned, 0, 2);
        System.arraycopy(exif, 0, turned, 2, exif.length);
        System.arraycopy(jpeg, 2, turned, 2 + exif.length, jpeg.length - 2);
        Files.write(folder.resolve("turned.jpg"), turned);

        var answers = json("turned.jpg --classes red --out {}/found");

        // From (20, 50) to (60, 90) of 640 × 480: the new left edge is 480 − 90, the new upper one 20.
        assertThat(answers.at("/0/width").asInt()).isEqualTo(480);
        assertThat(answers.at("/0/objects/0/box/left").asDouble()).isCloseTo(390, within(2.0));
        assertThat(answers.at("/0/objects/0/box/top").asDouble()).isCloseTo(20, within(2.0));
        assertThat(Pictures.read(folder.resolve("found/turned.png")).size()).isEqualTo(new Size(640, 480));
    }

    @Test
    void refusesWhatItCannotWrite() {
        givenAVideo("drive.mp4");
        refuses("A folder was expected for --voc: add --out DIR.", "photos --voc");
        refuses("A folder was expected for --crops: add --out DIR.", "photos --crops");
        refuses("--coco-ids is for --coco, which is not asked for.", "photos --out {}/found --coco-ids {}/x.json");
        refuses("Pictures were expected for --coco; " + folder + "/drive.mp4 is a video",
                "drive.mp4 --out {}/found --coco");
        refuses("Another folder than the video's own was expected for --out", "drive.mp4 --out {}");
        refuses("Another folder than the pictures' own was expected for --out", "photos --out {}/photos");
        refuses("Pictures of different names were expected", "photos/one.png photos/night/one.png --out {}/found");
        refuses("The least score of an object is from 0 to 1; received 25.0.", "photos --threshold 25");
        refuses("A camera is named by its number, as in camera:0; received 'camera:front'.", "camera:front");
        assertThat(folder.resolve("found")).as("nothing is left").satisfiesAnyOf(
                found -> assertThat(found).doesNotExist(), found -> assertThat(found).isEmptyDirectory());
    }

    /// A red square of 40 pixels, and a blue one of 100 of which every other pixel is black.
    private static Picture picture(int left) {
        var picture = Picture.black(640, 480, 3);
        for (var y = 50; y < 90; y++) for (var x = left; x < left + 40; x++) picture.pixels()[3 * (y * 640 + x)] = -1;
        for (var y = 0; y < 100; y++) {
            for (var x = 0; x < 100; x++) {
                if ((x + y) % 2 == 0) picture.pixels()[3 * ((y + 300) * 640 + x + 300) + 2] = -1;
            }
        }
        return picture;
    }

    private Path givenAVideo(String name) {
        var file = folder.resolve(name);
        try (var video = Videos.write(file, 640, 480, 10)) {
            for (var k = 0; k < 8; k++) video.write(picture(20 + 10 * k));
        }
        return file;
    }

    /// Finds the box of all that has one colour.
    private static final class RedAndBlue implements ObjectFinder {
        @Override
        public List<String> labels() {
            return List.of("red", "blue");
        }

        @Override
        public List<Detection> detect(Picture picture, Thresholds thresholds) {
            return Stream.of(of(picture, 0, 0), of(picture, 1, 2))
                    .filter(found -> found.score() >= thresholds.score()).toList();
        }

        private static Detection of(Picture picture, int label, int channel) {
            int left = picture.width();
            int top = picture.height();
            int right = 0;
            int bottom = 0;
            int count = 0;
            for (var y = 0; y < picture.height(); y++) {
                for (var x = 0; x < picture.width(); x++) {
                    if (picture.at(x, y, channel) < 170 || picture.at(x, y, 2 - channel) > 100) continue;
                    left = Math.min(left, x);
                    top = Math.min(top, y);
                    right = Math.max(right, x + 1);
                    bottom = Math.max(bottom, y + 1);
                    count++;
                }
            }
            if (count == 0) return new Detection(new Box(0, 0, 0, 0), label, 0);
            var box = new Box(left, top, right, bottom);
            return new Detection(box, label, count / box.area());
        }
    }

    /// Pictures are named below the test's folder, which `{}` stands for.
    private int execute(String line) {
        var newOut = new StringWriter();
        var newErr = new StringWriter();
        var command = Main.command();
        command.getCommandSpec().removeSubcommand("detect");
        command.addSubcommand("detect", new DetectCommand((_, _) -> new RedAndBlue()));
        var words = Stream.concat(Stream.of("detect", "model.safetensors", "--device", "cpu"),
                Arrays.stream(line.split(" ")).map(word -> word.matches("(photos|.*\\.(mp4|avi|png|jpg))(/.*)?")
                        ? folder + "/" + word
                        : word.replace("{}", folder.toString())));
        var code = command.setCaseInsensitiveEnumValuesAllowed(true).setOut(new PrintWriter(newOut))
                .setErr(new PrintWriter(newErr, true))
                .setExecutionExceptionHandler(new Failures()).execute(words.toArray(String[]::new));
        out = newOut.toString();
        err = newErr.toString();
        return code;
    }

    private JsonNode json(String line) {
        assertThat(execute(line + " --json")).as(line + "\n" + err).isZero();
        return JsonMapper.shared().readTree(out);
    }

    private void refuses(String part, String line) {
        assertThat(execute(line)).as(err).isEqualTo(1);
        assertThat(err).contains(part).doesNotContain("Exception");
    }
}
