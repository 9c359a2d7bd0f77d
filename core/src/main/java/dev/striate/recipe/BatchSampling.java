package dev.striate.recipe;

/// How the pictures of an epoch come together in batches.
public sealed interface BatchSampling {
    /// Every picture once an epoch, in a new order each time.
    record Shuffled() implements BatchSampling {}

    /// Two neighbours of a batch are a pair; the first of it goes through all pictures, the other is drawn.
    ///
    /// @param same the share of pairs whose pictures have one label
    record Pairs(double same) implements BatchSampling {}

    /// Batches of a few identities, with so many pictures of each (Schroff et al. 2015, §3.2).
    record Identities(int pictures) implements BatchSampling {}
}
