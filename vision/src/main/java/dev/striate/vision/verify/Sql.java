package dev.striate.vision.verify;

import java.sql.Connection;
import java.sql.SQLException;

/// Statements that need no parameters, and transactions.
final class Sql {
    private Sql() {}

    /// What may fail as SQL does.
    interface Work<T> {
        T run() throws SQLException;
    }

    static void run(Connection connection, String text) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(text);
        }
    }

    static long number(Connection connection, String text) throws SQLException {
        try (var statement = connection.createStatement(); var row = statement.executeQuery(text)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    /// All or nothing; others may read meanwhile, but not write.
    static <T> T transaction(Connection connection, Work<T> work) throws SQLException {
        return between(connection, "BEGIN IMMEDIATE", work);
    }

    /// Everything read is as it was at one moment.
    static <T> T snapshot(Connection connection, Work<T> work) throws SQLException {
        return between(connection, "BEGIN", work);
    }

    private static <T> T between(Connection connection, String begin, Work<T> work) throws SQLException {
        run(connection, begin);
        try {
            var result = work.run();
            run(connection, "COMMIT");
            return result;
        } catch (Throwable e) {
            rollBack(connection, e);
            throw e;
        }
    }

    /// SQLite has rolled some failures back by itself.
    private static void rollBack(Connection connection, Throwable cause) {
        try {
            run(connection, "ROLLBACK");
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }
}
