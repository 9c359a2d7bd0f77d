package dev.striate.data.set;

import dev.striate.data.files.TreeFile;
import dev.striate.data.picture.Picture;
import dev.striate.graph.Size;
import dev.striate.target.Target;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/// The pictures of several sets, labelled among the classes of all: by turns, so that the first few are of each set.
///
/// @param sets that have these classes
/// @param set the set of each picture
/// @param place the place of each picture in its set
record Joined(List<DataSet> sets, int[] set, int[] place) implements DataSet {
    static Joined of(List<DataSet> parts) {
        var classes = List
                .copyOf(new LinkedHashSet<>(parts.stream().flatMap(part -> part.classes().stream()).toList()));
        var sets = parts.stream().map(part -> part.among(classes)).toList();
        var size = sets.stream().mapToInt(DataSet::size).sum();
        var set = new int[size];
        var place = new int[size];
        var taken = new int[sets.size()];
        for (var i = 0; i < size; i++) {
            set[i] = next(sets, taken);
            place[i] = taken[set[i]]++;
        }
        return new Joined(sets, set, place);
    }

    /// The set of which the smallest share was taken.
    private static int next(List<DataSet> sets, int[] taken) {
        var next = 0;
        for (var k = 1; k < taken.length; k++) {
            if ((long) taken[k] * sets.get(next).size() < (long) taken[next] * sets.get(k).size()) next = k;
        }
        return next;
    }

    private DataSet part(int index) {
        return sets.get(set[index]);
    }

    @Override
    public List<String> classes() {
        return sets.getFirst().classes();
    }

    @Override
    public int size() {
        return set.length;
    }

    @Override
    public Target target(int index) {
        return part(index).target(place[index]);
    }

    @Override
    public String name(int index) {
        return part(index).name(place[index]);
    }

    @Override
    public Picture picture(int index) {
        return part(index).picture(place[index]);
    }

    @Override
    public Size pictureSize(int index) {
        return part(index).pictureSize(place[index]);
    }

    @Override
    public Optional<TreeFile> file(int index) {
        return part(index).file(place[index]);
    }

    @Override
    public Optional<String> damage(int index) {
        return part(index).damage(place[index]);
    }
}
