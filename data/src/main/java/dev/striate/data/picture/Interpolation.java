package dev.striate.data.picture;

/// How a picture is resized: `BEST` averages areas where a side shrinks and is linear where it grows; the others are
/// OpenCV's of that name, which do the same whether sides shrink or grow.
public enum Interpolation {
    BEST, AREA, LINEAR, CUBIC, NEAREST
}
