package dev.striate.data.batch;

import dev.striate.StriateException;
import dev.striate.data.set.DataSet;
import dev.striate.random.RandomStream;
import java.util.Arrays;
import java.util.stream.IntStream;

/// Which pictures make up which batch. Not safe for many threads: the loader asks under its lock.
final class Sampler {
    /// A batch's place and the pictures in it.
    record Slot(int epoch, int batch, int[] indices) {}

    private final Loading loading;
    private final int size;
    private final EpochOrder order;
    private int epoch;
    private int batch;
    private int[] pictures;

    Sampler(Loading loading, DataSet set) {
        this.loading = loading;
        this.size = set.size();
        if (perEpoch() == 0) {
            throw new StriateException("At least one batch of " + loading.batchSize()
                    + " pictures was expected; received " + size + " pictures.");
        }
        order = EpochOrder.of(loading, set);
        epoch = loading.firstEpoch() + loading.firstBatch() / perEpoch();
        batch = loading.firstBatch() % perEpoch();
        pictures = pictures();
    }

    private int[] pictures() {
        return loading.shuffle() ? order.of(RandomStream.of(loading.seed()).at("order").at(epoch))
                : IntStream.range(0, size).toArray();
    }

    int perEpoch() {
        return loading.dropLast() ? size / loading.batchSize() : Math.ceilDiv(size, loading.batchSize());
    }

    boolean hasNext() {
        return epoch < loading.epochs();
    }

    Slot next() {
        var from = batch * loading.batchSize();
        var slot = new Slot(epoch, batch,
                Arrays.copyOfRange(pictures, from, Math.min(size, from + loading.batchSize())));
        if (++batch == perEpoch()) {
            batch = 0;
            epoch++;
            if (hasNext()) pictures = pictures();
        }
        return slot;
    }
}
