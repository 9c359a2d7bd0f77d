package dev.striate.vision.verify;

import dev.striate.StriateException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;

/// What SQLite complains of, as a sentence.
final class SqlErrors {
    /// SQLite's codes have details above their lowest byte.
    private static final int KIND = 0xff;

    private SqlErrors() {}

    static <T> T in(Path file, Sql.Work<T> work) {
        try {
            return work.run();
        } catch (SQLException e) {
            throw StriateException.file("A gallery that can be read and written was expected at " + file + ", but "
                    + why(e) + ".", e);
        }
    }

    static StriateException damaged(Path file, String what) {
        return StriateException.file("A whole gallery was expected at " + file + ", but " + what
                + "; it is left as it is, so restore it from a copy.");
    }

    private static String why(SQLException failure) {
        return switch (SQLiteErrorCode.getErrorCode(failure.getErrorCode() & KIND)) {
            case SQLITE_CORRUPT, SQLITE_NOTADB -> "the file is damaged: it is left as it is, so restore it from a copy";
            case SQLITE_BUSY, SQLITE_LOCKED -> "another process has held it for too long";
            case SQLITE_FULL -> "no space is left on the disk";
            case SQLITE_READONLY, SQLITE_PERM, SQLITE_CANTOPEN -> "it cannot be written, or its folder is missing";
            default -> "SQLite says " + failure.getMessage();
        };
    }
}
