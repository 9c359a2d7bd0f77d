package dev.striate.vision.doctor;

import java.util.List;

/// One thing that a checkup has found.
///
/// @param pictures names of pictures that show it, the first few of them
public record Finding(Severity severity, String what, List<String> pictures) {
    public Finding {
        pictures = List.copyOf(pictures);
    }

    /// `ERROR` stops or spoils a training, `WARNING` may harm it, `NOTE` is good to know.
    public enum Severity {
        ERROR,
        WARNING,
        NOTE
    }
}
