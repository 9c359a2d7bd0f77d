package dev.striate.cli;

import dev.striate.StriateException;
import dev.striate.data.set.PicturePaths;
import dev.striate.data.video.Frames;
import dev.striate.data.video.Videos;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// What `detect` looks at.
sealed interface DetectInput {
    String CAMERA = "camera:";

    /// A picture; `name` is that of its results: below a folder that was named, with the folders in between.
    record Still(Path file, String name) implements DetectInput {}

    /// A video's file, or `camera:0`.
    record Film(String name) implements DetectInput {
        Frames open() {
            return isCamera() ? Videos.camera(number()) : Videos.open(Path.of(name));
        }

        boolean isCamera() {
            return name.startsWith(CAMERA);
        }

        private int number() {
            var digits = name.substring(CAMERA.length());
            if (digits.matches("\\d{1,3}")) return Integer.parseInt(digits);
            throw new StriateException("A camera is named by its number, as in camera:0; received '" + name + "'.");
        }

        /// The name of a video of its results: MP4 where it is one itself.
        String outName() {
            if (isCamera()) return "camera-" + number() + ".avi";
            var file = Path.of(name).getFileName().toString();
            return file.replaceFirst("\\.[^.]*$", "") + (file.toLowerCase(Locale.ROOT).endsWith(".mp4")
                    ? ".mp4"
                    : ".avi");
        }
    }

    /// What a word of the command line names.
    static Stream<DetectInput> of(String text) {
        if (text.startsWith(CAMERA)) return Stream.of(new Film(text));
        var paths = PicturePaths.of(text);
        var isFolder = new File(text).isDirectory();
        return paths.stream().map(path -> Videos.isVideo(path) ? new Film(path.toString())
                : new Still(path, name(isFolder ? Path.of(text).relativize(path) : path.getFileName())));
    }

    private static String name(Path path) {
        return path.toString().replace(File.separatorChar, '/');
    }

    static List<DetectInput> all(List<String> texts) {
        return texts.stream().flatMap(DetectInput::of).toList();
    }
}
