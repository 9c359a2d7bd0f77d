package dev.striate.data.set;

import dev.striate.StriateException;
import dev.striate.data.files.TreeFile;
import dev.striate.data.labels.PictureSizes;
import dev.striate.data.picture.Picture;
import dev.striate.data.picture.Pictures;
import dev.striate.graph.Size;
import dev.striate.target.Target;
import dev.striate.text.Listing;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Pictures in a fixed order, and what is known of each: a class, boxes, a mask or nothing. Safe to read from many
/// threads at once.
public interface DataSet {
    /// The classes' names; labels are indices into them.
    List<String> classes();

    /// How many pictures there are.
    int size();

    /// What is known of a picture: of the same kind for all pictures of a set, in the pixels of the decoded picture.
    Target target(int index);

    /// The class of a picture, from 0; refuses a picture whose target is not a class.
    default int label(int index) {
        if (target(index) instanceof Target.Label(var label)) return label;
        throw new StriateException("A picture with a class was expected; " + name(index) + " has "
                + Targets.describe(target(index)) + ".");
    }

    /// Where a picture comes from, for messages: a file, or a file and `#` and its number there.
    String name(int index);

    /// Reads and decodes a picture, whatever its size and channels; a file that is none is named.
    Picture picture(int index);

    /// The size of a picture: from the beginning of its file where it has one of its own, otherwise by decoding it.
    default Size pictureSize(int index) {
        return file(index).map(PictureSizes::size).orElseGet(() -> picture(index).size());
    }

    /// The file that is this one picture; none where it is one of many in a file, or drawn.
    default Optional<TreeFile> file(int index) {
        return Optional.empty();
    }

    /// What is wrong with a picture that can be decoded all the same ([Pictures#damage]); dearer than decoding it.
    default Optional<String> damage(int index) {
        return Optional.empty();
    }

    /// The pictures at these indices, in their order.
    default DataSet subset(int... indices) {
        return new Subset(this, indices.clone());
    }

    /// The first `count` pictures in the set's own order, or all where there are fewer. Class folders are ordered by
    /// turns, one picture of each class after another, so that the first few hold every class; files of one block keep
    /// the order that they were made in.
    default DataSet limit(int count) {
        if (count < 1) throw new StriateException("A limit is at least one picture; received " + count + ".");
        return count >= size() ? this : subset(IntStream.range(0, count).toArray());
    }

    /// The same pictures, labelled in another order of the same class names; refuses other names.
    default DataSet withClasses(List<String> order) {
        if (order.equals(classes())) return this;
        var odd = Stream.concat(classes().stream().filter(name -> !order.contains(name)),
                order.stream().filter(name -> !classes().contains(name))).findFirst();
        if (odd.isPresent() || order.size() != classes().size()) {
            throw new StriateException("The pictures are expected to be of the " + order.size() + " classes "
                    + Listing.some(order, 4) + "; received the " + classes().size() + " classes "
                    + Listing.some(classes(), 4) + ".");
        }
        return new Renumbered(this, List.copyOf(order), classes().stream().mapToInt(order::indexOf).toArray());
    }

    /// How often each class occurs: pictures, or objects in them, or pixels.
    default long[] counts() {
        var counts = new long[classes().size()];
        for (var i = 0; i < size(); i++) Targets.count(target(i), counts);
        return counts;
    }
}
