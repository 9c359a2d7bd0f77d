package dev.striate.data.video;

import dev.striate.data.picture.Picture;
import java.util.Optional;
import java.util.OptionalLong;

/// Pictures one after the other, all of one size, upright: a video's file or a camera. Opened by [Videos].
public sealed interface Frames extends AutoCloseable permits VideoFile, Camera {
    /// What it is called in messages: a file's path, or `camera:0`.
    String name();

    /// The next picture; empty at the end, which is also where a damaged file cannot be read further. Pictures that cannot
    /// be decoded are left out.
    Optional<Picture> next();

    double framesPerSecond();

    /// How many pictures the file says it has; empty where it does not say.
    OptionalLong expected();

    @Override
    void close();
}
