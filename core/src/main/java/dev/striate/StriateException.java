package dev.striate;

import java.io.IOException;
import java.io.UncheckedIOException;

/// What a user can mend: the message is one sentence that says what was expected, what came, and where; the kind says
/// where to look for the cause.
public final class StriateException extends RuntimeException {
    private static final long serialVersionUID = 1;
    /// A file may claim anything, at any length: what is shown of it ends here.
    private static final int LONGEST = 1000;

    private final Kind kind;

    /// Where the cause of a failure lies.
    public enum Kind {
        /// A setting, a name or a value that was asked for.
        INPUT,
        /// A file or folder that is missing, broken, or cannot be written.
        FILE,
        /// A neural network that is not well formed, or that its weights, its classes or a format do not fit.
        NETWORK,
        /// What this machine has: its memory, its processor, its devices.
        MACHINE
    }

    /// A failure of what was asked for.
    public StriateException(String message) {
        this(Kind.INPUT, message);
    }

    /// The same with its cause: another failure of this type keeps its kind, and one of the file system is about a file.
    public StriateException(String message, Throwable cause) {
        this(kind(cause), message, cause);
    }

    public StriateException(Kind kind, String message) {
        super(shortened(message));
        this.kind = kind;
    }

    public StriateException(Kind kind, String message, Throwable cause) {
        super(shortened(message), cause);
        this.kind = kind;
    }

    public static StriateException file(String message) {
        return new StriateException(Kind.FILE, message);
    }

    public static StriateException file(String message, Throwable cause) {
        return new StriateException(Kind.FILE, message, cause);
    }

    public static StriateException network(String message) {
        return new StriateException(Kind.NETWORK, message);
    }

    public static StriateException machine(String message) {
        return new StriateException(Kind.MACHINE, message);
    }

    /// Where the cause lies.
    public Kind kind() {
        return kind;
    }

    private static Kind kind(Throwable cause) {
        return switch (cause) {
            case StriateException known -> known.kind;
            case IOException _,UncheckedIOException _ -> Kind.FILE;
            default -> Kind.INPUT;
        };
    }

    /// The beginning and the end, which say where and what.
    private static String shortened(String message) {
        if (message.length() <= LONGEST) return message;
        return message.substring(0, LONGEST / 2) + " … " + message.substring(message.length() - LONGEST / 2);
    }
}
