package dev.striate.plan;

/// How a plan is compiled: how values lie in memory, and which layers run in int8.
public record PlanOptions(Layout layout, Quantisation quantisation) {
    public static final PlanOptions DEFAULT = new PlanOptions(Layout.AUTOMATIC, Quantisation.NONE);

    public PlanOptions(Layout layout) {
        this(layout, Quantisation.NONE);
    }

    /// The same with some layers in int8, for which values lie channels last.
    public PlanOptions withQuantisation(Quantisation quantisation) {
        return new PlanOptions(Layout.CHANNELS_LAST, quantisation);
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
