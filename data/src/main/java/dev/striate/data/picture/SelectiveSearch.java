package dev.striate.data.picture;

import dev.striate.StriateException;
import dev.striate.box.Box;
import dev.striate.random.RandomStream;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Boxes in which an object might be: segments of a picture, merged into ever larger ones by colour, texture, size and
/// fill (Uijlings et al. 2013), in OpenCV's fast mode.
///
/// The same picture always gives the same boxes in the same order. OpenCV ranks them by the C library's `rand()`, which
/// the whole process shares, and small segments first; so its order is not kept. As in the paper (§3.4), a box's place
/// is its place in the hierarchy, the whole picture first, times a random number, so that not all large ones come before
/// all small ones; OpenCV does not tell that place, and the rank by area stands for it.
///
/// @param width to which a picture is resized before, its aspect kept; 0 for its own
/// @param smallest the pixels that both sides of a box must have, after resizing
/// @param count how many boxes, at most
public record SelectiveSearch(int width, int smallest, int count) {
    private static final Comparator<Box> LARGEST_FIRST = Comparator.comparingDouble(Box::area).reversed()
            .thenComparingDouble(Box::left).thenComparingDouble(Box::top).thenComparingDouble(Box::right);
    private static final RandomStream PLACES = RandomStream.of(0).at("selective search");

    public SelectiveSearch {
        if (width < 0 || smallest < 0 || count < 1) {
            throw new StriateException("Selective search expects a width and a smallest side from 0 and at least one "
                    + "box; received " + width + ", " + smallest + " and " + count + ".");
        }
    }

    /// R-CNN's: pictures 500 pixels wide (Girshick et al. 2014, §2.2), boxes from 20 pixels on as in its published code.
    public static SelectiveSearch rcnn() {
        return new SelectiveSearch(500, 20, 2000);
    }

    /// The boxes of a picture, in its pixels, the likeliest first; none twice.
    public List<Box> of(Picture picture) {
        var sized = width == 0 ? picture
                : Pictures.resize(picture, width, Math.max(1, Math.round((float) picture.height() * width
                        / picture.width())));
        var back = Affine.scaled((double) picture.width() / sized.width(), (double) picture.height() / sized.height());
        return ordered(MergedSegments.of(sized).stream()
                .filter(box -> box.width() >= smallest && box.height() >= smallest).toList()).stream()
                .limit(count).map(back::of).toList();
    }

    static List<Box> ordered(List<Box> boxes) {
        var sorted = boxes.stream().sorted(LARGEST_FIRST).toList();
        return IntStream.range(0, sorted.size()).boxed()
                .sorted(Comparator.comparingDouble(i -> PLACES.uniform(i) * (i + 1))).map(sorted::get).toList();
    }
}
