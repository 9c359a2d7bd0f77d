package dev.striate.torch;

/// Parameters that an optimiser treats alike: a factor on the learning rate (0: frozen) and whether weight decay applies.
public record ParameterGroup(double rateFactor, boolean decays) {
    public static final ParameterGroup DECAYED = new ParameterGroup(1, true);
    public static final ParameterGroup EXEMPT = new ParameterGroup(1, false);
    public static final ParameterGroup FROZEN = new ParameterGroup(0, false);

    public boolean frozen() {
        return rateFactor == 0;
    }
}
