package dev.striate.data.batch;

import dev.striate.data.picture.Picture;
import dev.striate.target.Target;

/// A picture of the input's channels and size, and what is known of it, in its pixels.
public record Sample(Picture picture, Target target) {}
