package dev.striate.data.batch;

import dev.striate.data.picture.Picture;
import dev.striate.data.picture.Varied;
import dev.striate.random.Draws;

/// How training varies a picture: from a decoded picture of any size to one of exactly the input's channels and size,
/// by nothing but the picture and the random stream. Called from many threads at once.
@FunctionalInterface
public interface Augmenter {
    /// The varied picture, and where the points of the decoded one are in it.
    Varied vary(Picture decoded, Draws draws);

    /// No variation: the picture fitted as for evaluation.
    static Augmenter none(Preparation preparation) {
        return (picture, _) -> new Varied(preparation.fit(picture), preparation.placement(picture));
    }
}
