package dev.striate.plan;

/// Consecutive steps of a plan that run on so many pictures at a time; the next stage begins when the whole batch is done.
///
/// @param from the first step
/// @param to the step behind the last
/// @param input the only value that it reads from before: 0, the pictures, in the first stage
/// @param pictures of one piece of the batch
/// @param alone whether a piece stays on one thread, beside others, rather than on OpenMP's
record Stage(int from, int to, int input, int pictures, boolean alone) {}
