package dev.striate.data.labels;

/// What is wrong with a label: `where` names the file and the line, or the pixel of a mask; `what` continues it as a
/// sentence without its full stop.
public record Problem(Kind kind, String where, String what) {
    /// What kinds of trouble there are; each says in words what becomes of the label.
    public enum Kind {
        FILE("label files that cannot be read", "their pictures are left out"),
        PICTURE("labelled pictures that are missing or cannot be read", "they are left out"),
        UNLABELLED("pictures without the label file that they should have", "they are left out"),
        DUPLICATE("pictures that are labelled twice", "the first labels count"),
        SIZE("labels made for a picture of another size", "their pictures are left out"),
        CLASS("objects or pixels of a class that is not named", "they are left out"),
        NUMBER("objects with something that is not a number", "they are left out"),
        BOX("boxes without area inside their picture", "they are left out"),
        CLIPPED("boxes that reach beyond their picture", "they are cut at its edge");

        private final String things;
        private final String fate;

        Kind(String things, String fate) {
            this.things = things;
            this.fate = fate;
        }

        /// The plural of what has this problem.
        public String things() {
            return things;
        }

        /// What becomes of them where training goes on all the same.
        public String fate() {
            return fate;
        }
    }

    /// Whether a label is lost; boxes that are only cut are worth a look, no more.
    public boolean isLoss() {
        return kind != Kind.CLIPPED;
    }

    @Override
    public String toString() {
        return where + " " + what;
    }
}
