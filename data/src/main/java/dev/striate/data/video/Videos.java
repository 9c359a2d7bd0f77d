package dev.striate.data.video;

import dev.striate.StriateException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/// Opens videos and cameras, and begins videos.
public final class Videos {
    private static final Set<String> ENDINGS = Set.of("mp4", "m4v", "mov", "avi", "mkv", "webm", "mpg", "mpeg", "wmv",
            "flv", "ts", "m2ts", "3gp", "ogv", "mjpeg", "mjpg");

    private Videos() {}

    /// Whether a file's name ends as a video's does.
    public static boolean isVideo(Path file) {
        return ENDINGS.contains(ending(file));
    }

    static String ending(Path file) {
        var name = file.getFileName().toString();
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    /// Opens a file that FFmpeg can decode; refuses what it cannot.
    public static Frames open(Path file) {
        if (!Files.exists(file)) {
            throw StriateException.file("A video was expected at " + file + "; there is no such file.");
        }
        Ffmpeg.load();
        return VideoFile.open(file);
    }

    /// Begins a file for pictures of this size; refuses names that end neither in .mp4 nor in .avi.
    public static VideoWriter write(Path file, int width, int height, double framesPerSecond) {
        var codec = VideoCodec.of(file);
        Ffmpeg.load();
        return VideoWriter.open(file, codec, width, height, framesPerSecond);
    }

    /// Opens a camera by its number, from 0, in the order of the operating system.
    public static Frames camera(int number) {
        return Camera.open(number);
    }
}
