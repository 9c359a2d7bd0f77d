package dev.striate.vision.verify;

import dev.striate.StriateException;
import dev.striate.files.FileErrors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/// The SQLite database of a gallery: what it must look like, and how it is made and opened.
final class GalleryFile {
    /// What SQLite keeps in the header for programs to know their files by: "StGa".
    private static final int APPLICATION = 0x53744761;
    private static final int VERSION = 1;
    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER = 100;
    private static final int APPLICATION_AT = 68;
    /// Seven embeddings of 512 values, and 31 of 128, leave little of such a page empty.
    private static final int PAGE_BYTES = 16384;
    private static final int PATIENCE_MILLIS = 30_000;

    /// Numbers only grow, so what came since the last look is what has a larger one; `forgotten` keeps numbers, no names.
    private static final String TABLES = """
            CREATE TABLE model(id INTEGER PRIMARY KEY CHECK (id = 1), fingerprint TEXT NOT NULL,
                dimensions INTEGER NOT NULL, threshold REAL) STRICT;
            CREATE TABLE person(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE) STRICT;
            CREATE TABLE embedding(id INTEGER PRIMARY KEY AUTOINCREMENT, person INTEGER NOT NULL REFERENCES person(id),
                vector BLOB NOT NULL, checksum INTEGER NOT NULL) STRICT;
            CREATE INDEX embedding_person ON embedding(person);
            CREATE TABLE forgotten(id INTEGER PRIMARY KEY AUTOINCREMENT, person INTEGER NOT NULL) STRICT;
            """;

    private GalleryFile() {}

    static boolean isMissingOrEmpty(Path file) {
        return !Files.exists(file) || Files.isRegularFile(file) && file.toFile().length() == 0;
    }

    /// Makes a gallery where there is no file, or an empty one; where somebody else is faster, theirs stays.
    static void create(Path file, GalleryModel model) {
        SqlErrors.in(file, () -> {
            try (var connection = connect(file, true)) {
                Sql.run(connection, "PRAGMA page_size = " + PAGE_BYTES);
                Sql.transaction(connection, () -> {
                    if (Sql.number(connection, "SELECT count(*) FROM sqlite_schema") == 0) fill(connection, model);
                    return true;
                });
            }
            return true;
        });
    }

    private static void fill(Connection connection, GalleryModel model) throws SQLException {
        for (var table : TABLES.split(";\\s*")) Sql.run(connection, table);
        try (var insert = connection.prepareStatement("INSERT INTO model VALUES (1, ?, ?, ?)")) {
            insert.setString(1, model.fingerprint());
            insert.setInt(2, model.dimensions());
            insert.setObject(3, model.hasThreshold() ? model.threshold() : null);
            insert.executeUpdate();
        }
        Sql.run(connection, "PRAGMA application_id = " + APPLICATION);
        Sql.run(connection, "PRAGMA user_version = " + VERSION);
    }

    /// A connection to a gallery; what is deleted through it is overwritten, and what is committed is on the disk.
    static Connection open(Path file) throws SQLException {
        expectHeader(file);
        var connection = connect(file, false);
        try {
            expectVersion(file, Sql.number(connection, "PRAGMA user_version"));
            Sql.run(connection, "PRAGMA journal_mode = WAL");
            Sql.run(connection, "PRAGMA synchronous = FULL");
            Sql.run(connection, "PRAGMA secure_delete = ON");
            return connection;
        } catch (SQLException | StriateException e) {
            connection.close();
            throw e;
        }
    }

    private static Connection connect(Path file, boolean creates) throws SQLException {
        var config = new SQLiteConfig();
        config.setBusyTimeout(PATIENCE_MILLIS);
        if (!creates) config.resetOpenMode(SQLiteOpenMode.CREATE);
        // As a URI, for paths may have question marks in them.
        return config.createConnection("jdbc:sqlite:" + file.toAbsolutePath().toUri());
    }

    static GalleryModel model(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT fingerprint, dimensions, threshold FROM model")) {
            row.next();
            var threshold = row.getObject(3) instanceof Double chosen ? chosen : Double.NaN;
            return new GalleryModel(row.getString(1), row.getInt(2), threshold);
        }
    }

    /// Looked at before SQLite opens the file, which it would write to.
    private static void expectHeader(Path file) {
        try (var input = Files.newInputStream(file)) {
            var header = input.readNBytes(HEADER);
            if (header.length == HEADER && Arrays.equals(MAGIC, Arrays.copyOf(header, MAGIC.length))
                    && ByteBuffer.wrap(header).getInt(APPLICATION_AT) == APPLICATION) {
                return;
            }
            throw noGallery(file);
        } catch (IOException e) {
            throw StriateException.file("A gallery was expected at " + file + ", but could not be read: "
                    + FileErrors.whyNotRead(file, e) + ".", e);
        }
    }

    private static void expectVersion(Path file, long version) {
        if (version == VERSION) return;
        if (version < VERSION) throw noGallery(file);
        throw StriateException.file("A gallery in format " + VERSION + " was expected; " + file + " is in format "
                + version + ", of a newer Striate.");
    }

    private static StriateException noGallery(Path file) {
        return StriateException.file("A gallery of embeddings was expected; " + file + " is a file of another kind.");
    }
}
