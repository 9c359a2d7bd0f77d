package dev.striate.data.region;

import dev.striate.StriateException;
import dev.striate.box.Box;
import dev.striate.data.picture.Picture;
import dev.striate.data.picture.SelectiveSearch;
import dev.striate.data.set.DataSet;
import dev.striate.graph.Size;
import dev.striate.json.Json;
import dev.striate.weights.SafeTensors;
import dev.striate.weights.TensorData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/// The proposals of each picture of a set, the likeliest first, in the picture's own pixels: corners as float32, which is
/// how a file keeps them. A file's boxes stay in the file until they are asked for.
public final class ProposedBoxes {
    private static final String SEARCH = "striate.proposals";

    private final TensorData sizes; // pictures × (height, width)
    private final TensorData counts; // how many boxes each picture has
    private final TensorData corners; // boxes × (left, top, right, bottom), of all pictures one after the other
    private final long[] starts;

    private ProposedBoxes(TensorData sizes, TensorData counts, TensorData corners) {
        this.sizes = sizes;
        this.counts = counts;
        this.corners = corners;
        starts = new long[Math.toIntExact(counts.elements()) + 1];
        for (var i = 0; i < starts.length - 1; i++) starts[i + 1] = starts[i] + (long) counts.value(i);
    }

    /// The boxes that a function proposes for each picture; it is called from several threads.
    public static ProposedBoxes of(DataSet pictures, Function<Picture, List<Box>> proposer) {
        var sizes = new float[2 * pictures.size()];
        var boxes = IntStream.range(0, pictures.size()).parallel().mapToObj(i -> {
            var picture = pictures.picture(i);
            sizes[2 * i] = picture.height();
            sizes[2 * i + 1] = picture.width();
            return corners(proposer.apply(picture));
        }).toList();
        var counts = new float[boxes.size()];
        for (var i = 0; i < counts.length; i++) counts[i] = boxes.get(i).length / 4;
        return new ProposedBoxes(TensorData.of(List.of(pictures.size(), 2), sizes),
                TensorData.of(List.of(counts.length), counts), joined(boxes));
    }

    private static float[] corners(List<Box> boxes) {
        var corners = new float[4 * boxes.size()];
        for (var i = 0; i < boxes.size(); i++) {
            var box = boxes.get(i);
            corners[4 * i] = (float) box.left();
            corners[4 * i + 1] = (float) box.top();
            corners[4 * i + 2] = (float) box.right();
            corners[4 * i + 3] = (float) box.bottom();
        }
        return corners;
    }

    private static TensorData joined(List<float[]> boxes) {
        var all = new float[boxes.stream().mapToInt(each -> each.length).reduce(0, Math::addExact)];
        var at = 0;
        for (var each : boxes) {
            System.arraycopy(each, 0, all, at, each.length);
            at += each.length;
        }
        return TensorData.of(List.of(all.length / 4, 4), all);
    }

    /// The proposals in a file where it has them; otherwise they are searched for and written there, which takes from
    /// milliseconds to seconds a picture. Refuses a file of another set or search.
    public static ProposedBoxes of(Path file, DataSet pictures, SelectiveSearch search) {
        return of(file, pictures, Json.write(search, SelectiveSearch.class), search::of);
    }

    /// The same of any function.
    ///
    /// @param search what the function is called, so that a file of another is refused
    public static ProposedBoxes of(Path file, DataSet pictures, String search, Function<Picture, List<Box>> proposer) {
        if (Files.exists(file)) return read(file, pictures, search);
        var proposals = of(pictures, proposer);
        proposals.write(file, search);
        return proposals;
    }

    /// Writes a safetensors file.
    ///
    /// @param search what proposed them, which [#read] expects again
    public void write(Path file, String search) {
        var metadata = new LinkedHashMap<String, String>();
        metadata.put(SEARCH, search);
        var tensors = new LinkedHashMap<String, TensorData>();
        tensors.put("sizes", sizes);
        tensors.put("counts", counts);
        tensors.put("corners", corners);
        new SafeTensors(metadata, tensors).write(file);
    }

    /// Reads what [#write] wrote; refuses proposals of another search, or of pictures that are not as many or not as large.
    public static ProposedBoxes read(Path file, DataSet pictures, String search) {
        var stored = SafeTensors.read(file);
        if (!search.equals(stored.metadata().get(SEARCH))) {
            throw StriateException.file("Proposals of " + search + " were expected in " + file + "; received "
                    + stored.metadata().getOrDefault(SEARCH, "no proposals") + ".");
        }
        var proposals = new ProposedBoxes(tensor(stored, "sizes", file), tensor(stored, "counts", file),
                tensor(stored, "corners", file));
        proposals.check(pictures, file);
        return proposals;
    }

    private static TensorData tensor(SafeTensors stored, String name, Path file) {
        var tensor = stored.tensors().get(name);
        if (tensor != null) return tensor;
        throw StriateException.file("A file of proposals was expected; " + file + " lacks '" + name + "'.");
    }

    private void check(DataSet set, Path file) {
        if (pictures() != set.size() || sizes.elements() != 2L * set.size()
                || starts[starts.length - 1] * 4 != corners.elements()) {
            throw StriateException.file("Proposals of " + set.size() + " pictures were expected in " + file
                    + "; received those of " + pictures() + ".");
        }
        for (var i = 0; i < set.size(); i++) {
            var expected = set.pictureSize(i);
            if (expected.equals(size(i))) continue;
            throw StriateException.file("Proposals of the picture " + set.name(i) + " of " + expected
                    + " pixels were expected in " + file + "; received those of one of " + size(i) + ".");
        }
    }

    /// How many pictures they are of.
    public int pictures() {
        return starts.length - 1;
    }

    /// The size of a picture when it was searched.
    public Size size(int picture) {
        return new Size((int) sizes.value(2L * picture), (int) sizes.value(2L * picture + 1));
    }

    /// A picture's proposals.
    public List<Box> of(int picture) {
        return IntStream.range(0, (int) (starts[picture + 1] - starts[picture]))
                .mapToObj(i -> box(starts[picture] + i)).toList();
    }

    private Box box(long index) {
        return new Box(corners.value(4 * index), corners.value(4 * index + 1), corners.value(4 * index + 2),
                corners.value(4 * index + 3));
    }
}
