package dev.striate.plan;

/// How a plan is compiled: how values lie in memory, and as what numbers.
public record PlanOptions(Layout layout, Numbers numbers) {
    public static final PlanOptions DEFAULT = new PlanOptions(Layout.AUTOMATIC);

    public PlanOptions(Layout layout) {
        this(layout, Numbers.Real.FLOAT32);
    }

    /// The same in other numbers; those of 8 bits lie channels last.
    public PlanOptions with(Numbers numbers) {
        return new PlanOptions(numbers instanceof Quantisation ? Layout.CHANNELS_LAST : layout, numbers);
    }

    /// What these options come to on this processor.
    PlanOptions here() {
        return new PlanOptions(layout, numbers.here());
    }

    /// How values lie in memory between a plan's steps.
    public enum Layout {
        /// Channels last where that lets 3×3 convolutions run by Winograd's algorithm; otherwise blocks of channels where
        /// the network has no channel counts that do not divide into them.
        AUTOMATIC,
        /// Blocks of as many channels as a register holds; concatenations are then written in place, and all
        /// convolutions are direct.
        BLOCKED,
        /// Channels last, as the pictures come.
        CHANNELS_LAST
    }
}
