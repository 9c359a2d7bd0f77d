package dev.striate.data.augment;

import dev.striate.data.picture.Varied;
import dev.striate.random.Draws;

/// What one augmentation does.
@FunctionalInterface
interface Effect {
    Varied apply(Varied picture, Draws draws);
}
