package dev.striate.data.batch;

import dev.striate.StriateException;
import dev.striate.data.batch.BatchQueue.Claim;
import dev.striate.data.set.DataSet;
import dev.striate.random.RandomStream;
import dev.striate.recipe.BatchSampling;
import java.util.ArrayList;
import java.util.List;

/// Gives a data set's batches in order, prepared ahead by its own threads into a queue of reused buffers. What a batch
/// holds depends on the set, the [BatchPlan] and the [Loading] alone, never on the number of threads. One thread at a
/// time takes batches. Closing stops the threads and frees the buffers, those of batches still open among them.
public final class Loader implements AutoCloseable {
    /// Pictures that a thread takes at a time.
    private static final int CHUNK = 8;

    private final DataSet set;
    private final BatchPlan plan;
    private final Loading loading;
    private final Sampler sampler;
    private final BatchQueue queue;
    private final RandomStream augmentation;
    private final List<Thread> threads = new ArrayList<>();
    private long waitedNanos;

    private Loader(DataSet set, BatchPlan plan, Loading loading) {
        this.set = set;
        this.plan = plan;
        this.loading = loading;
        this.sampler = new Sampler(loading, set);
        this.augmentation = RandomStream.of(loading.seed()).at("augmentation");
        // One more than ahead: the batch in the hands of whoever takes them.
        this.queue = new BatchQueue(sampler, loading.ahead() + 1, loading.batchSize() * plan.bytes());
    }

    /// Pictures as evaluation sees them.
    public static Loader of(DataSet set, Preparation preparation, Loading loading) {
        return of(set, preparation, Augmenter.none(preparation), loading);
    }

    /// Pictures varied by `augmenter`, the same for the same seed, epoch and picture.
    public static Loader of(DataSet set, Preparation preparation, Augmenter augmenter, Loading loading) {
        return of(set, BatchPlan.always(preparation, augmenter), loading);
    }

    /// Pictures prepared and varied batch by batch as `plan` says.
    public static Loader of(DataSet set, BatchPlan plan, Loading loading) {
        var loader = new Loader(set, plan, loading);
        for (var i = 0; i < loading.threads(); i++) {
            loader.threads.add(Thread.ofPlatform().daemon().name("loader-" + i).start(loader::work));
        }
        return loader;
    }

    public int batchesPerEpoch() {
        return sampler.perEpoch();
    }

    /// Whether [#next] has another batch.
    public boolean hasNext() {
        return queue.hasNext();
    }

    /// Takes the next batch, waiting for it if need be. A picture that cannot be prepared is named in the exception;
    /// the batch after its own can still be taken.
    public Batch next() {
        var since = System.nanoTime();
        var filling = queue.take();
        waitedNanos += System.nanoTime() - since;
        var failure = filling.failure();
        if (failure == null) return new Batch(filling, queue, treatment(filling).preparation().input());
        queue.giveBack(filling);
        throw failed(filling, failure);
    }

    /// Anew, so that the stack trace is that of the thread that is told.
    private StriateException failed(BatchBuffer filling, Throwable failure) {
        return switch (failure) {
            case Error error -> throw error;
            case StriateException known -> new StriateException(String.valueOf(known.getMessage()), known);
            default -> new StriateException("A picture was expected; "
                    + set.name(filling.slot.indices()[filling.failedAt()]) + " cannot be prepared: " + failure + ".",
                    failure);
        };
    }

    /// How long [#next] has waited for data in all.
    public long waitedNanos() {
        return waitedNanos;
    }

    @Override
    public void close() {
        queue.stop();
        var interrupted = false;
        for (var thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException _) {
                    interrupted = true;
                }
            }
        }
        queue.close();
        if (interrupted) Thread.currentThread().interrupt();
    }

    /// What each thread does until there is nothing left.
    private void work() {
        for (var claim = queue.claim(CHUNK); claim != null; claim = queue.claim(CHUNK)) {
            var at = claim.from();
            try {
                for (; at < claim.to(); at++) prepare(claim, at);
                queue.done(claim, at, null);
            } catch (RuntimeException | Error e) {
                queue.done(claim, at, e);
            }
        }
    }

    private BatchPlan.Treatment treatment(BatchBuffer filling) {
        return plan.of(filling.slot.epoch(), filling.slot.batch());
    }

    private void prepare(Claim claim, int at) {
        var filling = claim.filling();
        var treatment = treatment(filling);
        var bytes = treatment.preparation().bytes();
        var index = filling.slot.indices()[at];
        var sample = treatment.augmenter().sample(set, index, chance(filling.slot, index));
        treatment.preparation().normalise(sample.picture(), filling.buffer.asSlice(at * bytes, bytes));
        filling.targets[at] = sample.target();
    }

    /// By place, not by turn: what a picture draws does not depend on which thread came first.
    private RandomStream chance(Sampler.Slot slot, int index) {
        var once = augmentation.at(slot.epoch()).at(index);
        return loading.sampling() instanceof BatchSampling.Shuffled ? once : once.at(slot.batch());
    }
}
