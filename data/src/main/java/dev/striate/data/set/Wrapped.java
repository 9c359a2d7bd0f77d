package dev.striate.data.set;

import dev.striate.data.files.TreeFile;
import dev.striate.data.picture.Picture;
import dev.striate.graph.Size;
import dev.striate.target.Target;
import java.util.List;
import java.util.Optional;

/// A set made of another: whatever is not overridden is the other's.
public interface Wrapped extends DataSet {
    DataSet whole();

    /// The place in the other set of a picture of this one.
    default int place(int index) {
        return index;
    }

    @Override
    default List<String> classes() {
        return whole().classes();
    }

    @Override
    default int size() {
        return whole().size();
    }

    @Override
    default Target target(int index) {
        return whole().target(place(index));
    }

    @Override
    default String name(int index) {
        return whole().name(place(index));
    }

    @Override
    default Picture picture(int index) {
        return whole().picture(place(index));
    }

    @Override
    default Size pictureSize(int index) {
        return whole().pictureSize(place(index));
    }

    @Override
    default Optional<TreeFile> file(int index) {
        return whole().file(place(index));
    }

    @Override
    default Optional<String> damage(int index) {
        return whole().damage(place(index));
    }
}
