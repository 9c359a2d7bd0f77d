package dev.striate.vision.verify;

import dev.striate.StriateException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Embeddings of people's pictures under their names, all of one model, in a SQLite file and in memory; it finds the
/// nearest of them exactly.
///
/// Any number of threads and processes may use one file at once. What [#enrol] and [#forget] have done is on the disk when
/// they return, whatever happens then; what another process does is seen by the next question.
public final class Gallery implements AutoCloseable {
    private final Path file;
    private final GalleryModel model;
    private final GalleryWriter writer;
    private final GalleryReader reader;
    private final EmbeddingRows rows;

    private Gallery(Path file, Connection writing, Connection reading) throws SQLException {
        this.file = file;
        model = GalleryFile.model(reading);
        writer = new GalleryWriter(file, model, writing);
        reader = new GalleryReader(file, model, reading);
        rows = new EmbeddingRows(model.dimensions());
    }

    /// Opens a gallery and reads all of it; a file of another kind, a damaged one and one of a newer version are refused,
    /// and stay as they are.
    public static Gallery open(Path file) {
        return SqlErrors.in(file, () -> {
            var connections = new ArrayList<Connection>();
            try {
                for (var i = 0; i < 2; i++) connections.add(GalleryFile.open(file));
                return loaded(new Gallery(file, connections.getFirst(), connections.getLast()));
            } catch (SQLException | RuntimeException e) {
                for (var connection : connections) connection.close();
                throw e;
            }
        });
    }

    private static Gallery loaded(Gallery gallery) {
        try {
            gallery.reader.check();
            gallery.reader.update(gallery.rows);
            return gallery;
        } catch (RuntimeException e) {
            gallery.rows.close();
            throw e;
        }
    }

    /// Makes an empty gallery where there is no file: embeddings of the model with this fingerprint, of so many values;
    /// below the Euclidean distance `threshold` two are taken for the same person, and NaN says that nobody knows.
    public static Gallery create(Path file, String fingerprint, int dimensions, double threshold) {
        var model = new GalleryModel(fingerprint, dimensions, threshold);
        if (!GalleryFile.isMissingOrEmpty(file)) {
            throw StriateException.file("A place for a new gallery was expected; " + file + " exists.");
        }
        return opened(file, model);
    }

    /// Opens an embedder's gallery, or makes one where there is no file; a gallery of another model is refused. The
    /// threshold stays the one that it was made with.
    public static Gallery openOrCreate(Path file, Embedder embedder) {
        return opened(file, GalleryModel.of(embedder));
    }

    private static Gallery opened(Path file, GalleryModel model) {
        if (GalleryFile.isMissingOrEmpty(file)) GalleryFile.create(file, model);
        var gallery = open(file);
        try {
            gallery.expect(model.fingerprint(), model.dimensions());
            return gallery;
        } catch (RuntimeException e) {
            gallery.close();
            throw e;
        }
    }

    /// Refuses an embedder whose embeddings cannot be compared with those here.
    public void expects(Embedder embedder) {
        expect(embedder.fingerprint(), embedder.dimensions());
    }

    private void expect(String fingerprint, int dimensions) {
        if (model.isOf(fingerprint, dimensions)) return;
        throw StriateException.network("The model of the gallery " + file + " was expected, " + model.fingerprint()
                + " with " + model.dimensions() + " values; received " + fingerprint + " with " + dimensions
                + ", whose embeddings cannot be compared with those there.");
    }

    public String fingerprint() {
        return model.fingerprint();
    }

    public int dimensions() {
        return model.dimensions();
    }

    /// The Euclidean distance, not squared, below which two embeddings are taken for the same person; NaN where none was
    /// chosen.
    public double threshold() {
        return model.threshold();
    }

    /// Adds embeddings to a person's: all of them or, where one is refused, none. Refused is an embedding that lies farther
    /// than the threshold from all others of that name, for it shows somebody else.
    public void enrol(String name, List<float[]> embeddings) {
        enrol(Map.of(name, embeddings));
    }

    /// The same for several people, all or none: fast for many, because a disk takes as long for one.
    public void enrol(Map<String, List<float[]>> people) {
        store(people, false);
    }

    /// Adds embeddings to a person's without a look at the others of that name.
    public void enrolAnyway(String name, List<float[]> embeddings) {
        store(Map.of(name, embeddings), true);
    }

    private void store(Map<String, List<float[]>> people, boolean anyway) {
        var checked = new LinkedHashMap<String, List<float[]>>();
        people.forEach((name, embeddings) -> {
            if (embeddings.isEmpty()) throw new StriateException("At least one picture of " + name + " was expected.");
            embeddings.forEach(embedding -> Embeddings.check(embedding, model.dimensions()));
            checked.merge(name(name), embeddings, Gallery::both);
        });
        writer.enrol(checked, anyway);
        reader.update(rows);
    }

    private static List<float[]> both(List<float[]> first, List<float[]> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    /// Deletes all embeddings of a person and the name, overwriting them in the file; says how many there were, 0 where
    /// nobody has the name.
    public int forget(String name) {
        var count = writer.forget(name(name));
        reader.update(rows);
        return count;
    }

    /// One name however its accents are encoded: file names have them in two ways.
    private static String name(String name) {
        var normal = Normalizer.normalize(name.strip(), Normalizer.Form.NFC);
        if (normal.isEmpty()) throw new StriateException("The name of a person was expected; received none.");
        return normal;
    }

    /// The `count` nearest people, the nearest first; each is as near as the nearest of their embeddings. Fewer where there
    /// are fewer; an empty gallery is refused.
    public List<Match> nearest(float[] embedding, int count) {
        Embeddings.check(embedding, model.dimensions());
        if (count < 1) throw new StriateException("A number of people from 1 on was expected; received " + count + ".");
        while (true) {
            reader.update(rows);
            var found = rows.nearest(embedding, count);
            if (found.isEmpty()) {
                throw new StriateException("A gallery with somebody in it was expected; " + file + " is empty.");
            }
            var matches = reader.named(found);
            if (matches.isPresent()) return matches.get();
        }
    }

    /// How many embeddings each person has, by name.
    public Map<String, Integer> people() {
        return reader.people();
    }

    /// How many embeddings there are.
    public int size() {
        reader.update(rows);
        return rows.size();
    }

    /// The bytes of the embeddings in memory: 5 · dimensions + 16 for each, in blocks of 960, the 16 in Java's heap and the
    /// others outside.
    public long memory() {
        return rows.bytes();
    }

    @Override
    public void close() {
        SqlErrors.in(file, () -> {
            try (writer; reader; rows) {
                return true;
            }
        });
    }
}
