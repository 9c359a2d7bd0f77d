package dev.striate.vision.verify;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What changes a gallery's file, for one thread at a time.
final class GalleryWriter implements AutoCloseable {
    private final Path file;
    private final GalleryModel model;
    private final Connection connection;
    private final PreparedStatement addPerson;
    private final PreparedStatement personOf;
    private final PreparedStatement embeddingsOf;
    private final PreparedStatement addEmbedding;

    GalleryWriter(Path file, GalleryModel model, Connection connection) throws SQLException {
        this.file = file;
        this.model = model;
        this.connection = connection;
        // Changes nothing where the name is known, but answers its number.
        addPerson = connection.prepareStatement(
                "INSERT INTO person(name) VALUES (?) ON CONFLICT DO UPDATE SET name = name RETURNING id");
        personOf = connection.prepareStatement("SELECT id FROM person WHERE name = ?");
        embeddingsOf = connection.prepareStatement("SELECT vector FROM embedding WHERE person = ?");
        addEmbedding = connection
                .prepareStatement("INSERT INTO embedding(person, vector, checksum) VALUES (?, ?, ?)");
    }

    /// Stores all of them or, where one is refused, none; they are on the disk when this returns.
    synchronized void enrol(Map<String, List<float[]>> people, boolean anyway) {
        SqlErrors.in(file, () -> Sql.transaction(connection, () -> {
            for (var person : people.entrySet()) enrol(person.getKey(), person.getValue(), anyway);
            return true;
        }));
    }

    private void enrol(String name, List<float[]> embeddings, boolean anyway) throws SQLException {
        var person = number(addPerson, name);
        if (!anyway && model.hasThreshold()) {
            Strangers.refuse(name, embeddings, embeddings(person), model.threshold());
        }
        for (var embedding : embeddings) {
            var bytes = Embeddings.bytes(embedding);
            addEmbedding.setInt(1, person);
            addEmbedding.setBytes(2, bytes);
            addEmbedding.setLong(3, Embeddings.checksum(person, bytes));
            addEmbedding.executeUpdate();
        }
    }

    /// How many embeddings went. Their bytes go from the file too, and from the log that SQLite keeps beside it.
    synchronized int forget(String name) {
        return SqlErrors.in(file, () -> {
            var count = Sql.transaction(connection, () -> forget(number(personOf, name)));
            Sql.run(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
            return count;
        });
    }

    private int forget(int person) throws SQLException {
        var count = changed("DELETE FROM embedding WHERE person = ?", person);
        if (changed("DELETE FROM person WHERE id = ?", person) > 0) {
            changed("INSERT INTO forgotten(person) VALUES (?)", person);
        }
        return count;
    }

    private int changed(String text, int person) throws SQLException {
        try (var statement = connection.prepareStatement(text)) {
            statement.setInt(1, person);
            return statement.executeUpdate();
        }
    }

    /// A person's number; 0 for nobody.
    private static int number(PreparedStatement statement, String name) throws SQLException {
        statement.setString(1, name);
        try (var row = statement.executeQuery()) {
            return row.next() ? row.getInt(1) : 0;
        }
    }

    private List<float[]> embeddings(int person) throws SQLException {
        var embeddings = new ArrayList<float[]>();
        embeddingsOf.setInt(1, person);
        try (var rows = embeddingsOf.executeQuery()) {
            while (rows.next()) embeddings.add(Embeddings.of(rows.getBytes(1)));
        }
        return embeddings;
    }

    @Override
    public synchronized void close() throws SQLException {
        connection.close();
    }
}
