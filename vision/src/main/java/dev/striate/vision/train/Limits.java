package dev.striate.vision.train;

import com.fasterxml.jackson.annotation.JsonAlias;
import dev.striate.StriateException;
import dev.striate.data.set.BadLabels;

/// When a training ends before its recipe does, how often it saves its place, and what it does about broken pictures.
///
/// @param patience stops after this many epochs in a row without a better score; 0: never
/// @param seconds stops at the end of the step in which the time budget of a start or resume is used up; 0: none
/// @param checkpointSeconds the time between checkpoints within an epoch; 0 saves after every step
public record Limits(int patience, double seconds, double checkpointSeconds,
        @JsonAlias("badImages") BadPictures badPictures) {
    public static final Limits NONE = new Limits(0, 0, 60, BadPictures.FAIL);

    public Limits {
        if (patience < 0 || !(seconds >= 0) || !(checkpointSeconds >= 0)) {
            throw new StriateException(
                    "The limits of a run expect a patience, seconds and checkpoint seconds of at least "
                            + "0; received " + patience + ", " + seconds + " and " + checkpointSeconds + ".");
        }
    }

    /// What a picture that cannot be read does: `FAIL` ends the run, naming it; `SKIP` leaves it out, counted and
    /// listed in the run's folder.
    public enum BadPictures {
        FAIL,
        SKIP
    }

    /// The rule for labels that cannot be used, which is the same as for pictures.
    public BadLabels badLabels() {
        return switch (badPictures) {
            case FAIL -> BadLabels.FAIL;
            case SKIP -> BadLabels.SKIP;
        };
    }

    public Limits withPatience(int patience) {
        return new Limits(patience, seconds, checkpointSeconds, badPictures);
    }

    public Limits withSeconds(double seconds) {
        return new Limits(patience, seconds, checkpointSeconds, badPictures);
    }

    public Limits withCheckpointSeconds(double checkpointSeconds) {
        return new Limits(patience, seconds, checkpointSeconds, badPictures);
    }

    public Limits withBadPictures(BadPictures badPictures) {
        return new Limits(patience, seconds, checkpointSeconds, badPictures);
    }
}
