package dev.striate.vision.verify;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// What reads a gallery's file, for one thread at a time: brings what is in memory up to date, with what other processes
/// changed too.
final class GalleryReader implements AutoCloseable {
    private final Path file;
    private final int bytes;
    private final Connection connection;
    private final PreparedStatement version;
    private final PreparedStatement nameOf;
    private long seen = -1;
    private long lastForgotten;
    private long lastEmbedding;

    GalleryReader(Path file, GalleryModel model, Connection connection) throws SQLException {
        this.file = file;
        this.bytes = model.dimensions() * Float.BYTES;
        this.connection = connection;
        version = connection.prepareStatement("PRAGMA data_version");
        nameOf = connection.prepareStatement("SELECT name FROM person WHERE id = ?");
    }

    /// SQLite's own look at the file, which reads all of it.
    synchronized void check() {
        var said = SqlErrors.in(file, () -> {
            try (var statement = connection.createStatement();
                    var row = statement.executeQuery("PRAGMA integrity_check(1)")) {
                return row.getString(1);
            }
        });
        if (!said.equals("ok")) throw SqlErrors.damaged(file, "SQLite finds in it: " + said);
    }

    /// Adds what came since the last time, and removes what went.
    synchronized void update(EmbeddingRows rows) {
        SqlErrors.in(file, () -> {
            var now = version();
            if (now == seen) return false;
            Sql.snapshot(connection, () -> change(rows));
            seen = now;
            return true;
        });
    }

    /// Changes with every commit of another connection.
    private long version() throws SQLException {
        try (var row = version.executeQuery()) {
            return row.getLong(1);
        }
    }

    private boolean change(EmbeddingRows rows) throws SQLException {
        rows.changing().lock();
        try {
            rows.remove(forgotten());
            addTo(rows);
        } finally {
            rows.changing().unlock();
        }
        return true;
    }

    private Set<Integer> forgotten() throws SQLException {
        var persons = new HashSet<Integer>();
        try (var statement = connection.prepareStatement("SELECT id, person FROM forgotten WHERE id > ?")) {
            statement.setLong(1, lastForgotten);
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    persons.add(row.getInt(2));
                    lastForgotten = row.getLong(1);
                }
            }
        }
        return persons;
    }

    private void addTo(EmbeddingRows rows) throws SQLException {
        try (var statement = connection
                .prepareStatement("SELECT id, person, vector, checksum FROM embedding WHERE id > ? ORDER BY id")) {
            statement.setLong(1, lastEmbedding);
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    rows.add(row.getInt(2), checked(row.getLong(1), row.getInt(2), row.getBytes(3), row.getLong(4)));
                    lastEmbedding = row.getLong(1);
                }
            }
        }
    }

    private float[] checked(long id, int person, byte[] vector, long checksum) {
        if (vector.length == bytes && Embeddings.checksum(person, vector) == checksum) return Embeddings.of(vector);
        throw SqlErrors.damaged(file, "embedding " + id + " in it does not have its checksum");
    }

    /// Nothing where somebody has been forgotten meanwhile.
    synchronized Optional<List<Match>> named(List<Nearest.Found> found) {
        return SqlErrors.in(file, () -> {
            var matches = new ArrayList<Match>();
            for (var one : found) {
                nameOf.setInt(1, one.person());
                try (var row = nameOf.executeQuery()) {
                    if (!row.next()) return Optional.empty();
                    matches.add(new Match(row.getString(1), one.distance()));
                }
            }
            return Optional.of(List.copyOf(matches));
        });
    }

    /// How many embeddings each person has, by name.
    synchronized Map<String, Integer> people() {
        return SqlErrors.in(file, () -> {
            var people = new TreeMap<String, Integer>();
            try (var statement = connection.createStatement();
                    var row = statement.executeQuery("SELECT name, count(*) FROM embedding JOIN person "
                            + "ON person.id = embedding.person GROUP BY person.id")) {
                while (row.next()) people.put(row.getString(1), row.getInt(2));
            }
            return people;
        });
    }

    @Override
    public synchronized void close() throws SQLException {
        connection.close();
    }
}
