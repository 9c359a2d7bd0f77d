package dev.striate.recipe;

/// Which triplets of a batch a network learns from.
public enum Mining {
    /// Each pair of one identity, with any picture of another.
    RANDOM,
    /// Each pair of one identity, with the nearest picture of another that is farther away than the pair is wide (Schroff et al.
    /// 2015, §3.2); where there is none, with the farthest.
    SEMI_HARD,
    /// Each picture with the farthest of its own identity and the nearest of another (Hermans et al. 2017, §2, batch hard).
    HARD
}
