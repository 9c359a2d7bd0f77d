package dev.striate.vision.doctor;

import java.util.List;
import java.util.stream.Stream;

/// One thing that the doctor has found.
///
/// @param examples what shows it, the first few
public record Finding(Severity severity, String what, List<Example> examples) {
    private static final int SHOWN = 12;

    public Finding {
        examples = List.copyOf(examples);
    }

    /// `ERROR` stops or spoils a training, `WARNING` may harm it, `NOTE` is good to know.
    public enum Severity {
        ERROR,
        WARNING,
        NOTE
    }

    /// Where a picture is found again: by its number in a part of the data set; `name` is for people.
    public record PictureRef(String part, int index, String name) {}

    /// A picture, or several that belong together, and a sentence about them, or "" where their names say it all.
    public record Example(List<PictureRef> pictures, String sentence) {
        public Example {
            pictures = List.copyOf(pictures);
        }

        @Override
        public String toString() {
            if (!sentence.isEmpty()) return sentence;
            return pictures.size() == 1 ? pictures.getFirst().name()
                    : String.join(" = ", pictures.stream().map(ref -> ref.part() + " " + ref.name()).toList());
        }
    }

    /// A finding that one picture shows, or several: the first few of them.
    static Finding of(Severity severity, String what, List<ScannedPicture> pictures) {
        return new Finding(severity, what, pictures.stream().limit(SHOWN).map(picture -> new Example(
                List.of(picture.ref()), picture.trouble() == null ? "" : picture.trouble())).toList());
    }

    /// A finding that pairs of pictures show: the first few of them.
    static Finding ofPairs(Severity severity, String what, Stream<List<ScannedPicture>> pairs) {
        return new Finding(severity, what, pairs.limit(SHOWN).map(pair -> new Example(
                pair.stream().map(ScannedPicture::ref).toList(), "")).toList());
    }
}
