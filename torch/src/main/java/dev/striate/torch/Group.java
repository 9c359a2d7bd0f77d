package dev.striate.torch;

/// Parameters that an optimiser treats alike: a factor on the learning rate (0: frozen) and whether weight decay applies.
public record Group(double rateFactor, boolean decays) {
    public static final Group DECAYED = new Group(1, true);
    public static final Group EXEMPT = new Group(1, false);
    public static final Group FROZEN = new Group(0, false);

    public boolean frozen() {
        return rateFactor == 0;
    }
}
