package dev.striate.data.batch;

/// How the pictures of each batch are prepared and varied: all alike, or at another size from batch to batch.
public interface BatchPlan {
    /// What happens to the pictures of one batch.
    record Treatment(Preparation preparation, Augmenter augmenter) {}

    /// What happens to those of a batch by its number in an epoch, both from 0; asked from many threads at once.
    Treatment of(int epoch, int batch);

    /// The bytes of the largest prepared picture.
    long bytes();

    /// The same for all batches.
    static BatchPlan always(Preparation preparation, Augmenter augmenter) {
        var treatment = new Treatment(preparation, augmenter);
        return new BatchPlan() {
            @Override
            public Treatment of(int epoch, int batch) {
                return treatment;
            }

            @Override
            public long bytes() {
                return preparation.bytes();
            }
        };
    }
}
