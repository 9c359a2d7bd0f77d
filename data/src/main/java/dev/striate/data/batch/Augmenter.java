package dev.striate.data.batch;

import dev.striate.data.picture.Picture;
import dev.striate.data.picture.Varied;
import dev.striate.data.set.DataSet;
import dev.striate.data.set.Targets;
import dev.striate.data.set.Visibility;
import dev.striate.random.Draws;
import dev.striate.random.RandomStream;

/// How training varies a picture: from a decoded picture of any size to one of exactly the input's channels and size,
/// by nothing but the picture and the random stream. Called from many threads at once.
@FunctionalInterface
public interface Augmenter {
    /// The varied picture, and where the points of the decoded one are in it.
    Varied vary(Picture decoded, Draws draws);

    /// A picture of a set, varied, and its target, which follows it; other pictures of the set may come into it.
    ///
    /// @param stream of this picture in this epoch: what it draws depends on no other
    default Sample sample(DataSet set, int index, RandomStream stream) {
        var varied = vary(set.picture(index), stream.draws());
        return new Sample(varied.picture(), Targets.moved(set.target(index), varied, Visibility.USUAL));
    }

    /// No variation: the picture fitted as for evaluation.
    static Augmenter none(Preparation preparation) {
        return (picture, _) -> new Varied(preparation.fit(picture), preparation.placement(picture));
    }
}
