package dev.striate.vision.doctor;

import dev.striate.StriateException;
import dev.striate.data.set.DataSet;
import dev.striate.target.Target;
import dev.striate.vision.doctor.Finding.PictureRef;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// One picture as the doctor has seen it.
///
/// @param trouble why it cannot be read, or not without damage; null where it can
record ScannedPicture(String part, int index, String name, int label, int width, int height, int channels,
        Fingerprint fingerprint, @Nullable String trouble) {
    static List<ScannedPicture> at(String part, DataSet set) {
        return IntStream.range(0, set.size()).parallel().mapToObj(i -> at(part, set, i)).toList();
    }

    private static ScannedPicture at(String part, DataSet set, int i) {
        try {
            var picture = set.picture(i);
            var damage = set.damage(i).map(what -> set.name(i) + " is damaged: " + what + ".").orElse(null);
            return new ScannedPicture(part, i, set.name(i), label(set, i), picture.width(), picture.height(),
                    picture.channels(),
                    Fingerprint.of(picture), damage);
        } catch (StriateException e) {
            return new ScannedPicture(part, i, set.name(i), label(set, i), 0, 0, 0, Fingerprint.NONE, e.getMessage());
        }
    }

    /// The picture's class, or −1 where it has boxes or a mask.
    private static int label(DataSet set, int i) {
        return set.target(i) instanceof Target.Label(var label) ? label : -1;
    }

    PictureRef ref() {
        return new PictureRef(part, index, name);
    }

    boolean isReadable() {
        return trouble == null;
    }
}
