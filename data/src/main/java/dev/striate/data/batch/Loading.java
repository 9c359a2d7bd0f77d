package dev.striate.data.batch;

import dev.striate.StriateException;
import dev.striate.recipe.BatchSampling;

/// How a [Loader] goes through a set: `epochs` times, from batch `firstBatch` of epoch `firstEpoch` on, on `threads`
/// threads, with up to `ahead` batches ready or in work. `dropLast` leaves out an epoch's last batch if it is not full.
public record Loading(int batchSize, boolean shuffle, BatchSampling sampling, long seed, boolean dropLast, int epochs,
        int firstEpoch,
        int firstBatch, int threads, int ahead) {
    public Loading {
        if (batchSize < 1 || epochs < 1 || firstEpoch < 0 || firstBatch < 0 || threads < 1 || ahead < 1) {
            throw new StriateException(
                    "Loading expects at least 1 as batch size, epochs, threads and batches ahead, and "
                            + "no negative place to start at; received batch size " + batchSize + ", epochs " + epochs
                            + ", threads " + threads + ", ahead " + ahead + ", epoch " + firstEpoch + ", batch "
                            + firstBatch
                            + ".");
        }
    }

    /// Shuffled anew each epoch, whole batches only, without end.
    public static Loading training(int batchSize, long seed) {
        return new Loading(batchSize, true, new BatchSampling.Shuffled(), seed, true, Integer.MAX_VALUE, 0, 0,
                spareCores(), 3);
    }

    /// Every picture once, in the set's order.
    public static Loading evaluation(int batchSize) {
        return new Loading(batchSize, false, new BatchSampling.Shuffled(), 0, false, 1, 0, 0, spareCores(), 3);
    }

    /// Counting all epochs from 0: a loader that starts at epoch 3 of 5 goes through two.
    public Loading withEpochs(int epochs) {
        return new Loading(batchSize, shuffle, sampling, seed, dropLast, epochs, firstEpoch, firstBatch, threads,
                ahead);
    }

    /// Where an interrupted run goes on.
    public Loading startingAt(int epoch, int batch) {
        return new Loading(batchSize, shuffle, sampling, seed, dropLast, epochs, epoch, batch, threads, ahead);
    }

    /// In pairs, or in groups of one identity, instead of each picture once.
    public Loading withSampling(BatchSampling sampling) {
        return new Loading(batchSize, shuffle, sampling, seed, dropLast, epochs, firstEpoch, firstBatch, threads,
                ahead);
    }

    public Loading withDropLast(boolean dropLast) {
        return new Loading(batchSize, shuffle, sampling, seed, dropLast, epochs, firstEpoch, firstBatch, threads,
                ahead);
    }

    public Loading withThreads(int threads) {
        return new Loading(batchSize, shuffle, sampling, seed, dropLast, epochs, firstEpoch, firstBatch, threads,
                ahead);
    }

    private static int spareCores() {
        return Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
    }
}
