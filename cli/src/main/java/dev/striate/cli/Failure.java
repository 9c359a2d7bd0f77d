package dev.striate.cli;

import dev.striate.StriateException;

/// The JSON of a failure: where its cause lies, and the sentence that people read.
record Failure(StriateException.Kind kind, String message) {
    static Failure of(StriateException failure) {
        return new Failure(failure.kind(), failure.getMessage());
    }
}
