package dev.striate;

/// What a user can mend: the message is one sentence that says what was expected, what came, and where.
public final class StriateException extends RuntimeException {
    public StriateException(String message) {
        super(message);
    }

    public StriateException(String message, Throwable cause) {
        super(message, cause);
    }
}
