package dev.striate.torch;

import dev.striate.graph.Costs;
import dev.striate.graph.Network;
import dev.striate.onednn.WorkerThreads;

/// Keeps work on one thread that is so small that sharing it out costs what the other threads save. Where another program
/// has a core, a thread that waits for one does not hold up the rest. The sums of a network and a batch are the same
/// whoever else runs: the number of threads depends on these two alone.
record SmallWork(long macs) {
    /// Multiply-accumulates. A step of LeNet-5 on 64 pictures has 80 million and takes as long on one thread as on two; on
    /// 256 pictures it has 320 million, and two are a sixth faster.
    private static final long LARGE = 1L << 27;
    /// Forward, and two ways back.
    private static final int TRAINING = 3;

    static SmallWork ofTraining(Network network) {
        return new SmallWork(TRAINING * Costs.of(network).macs());
    }

    static SmallWork ofPrediction(Network network) {
        return new SmallWork(Costs.of(network).macs());
    }

    void run(int pictures, Runnable work) {
        // libtorch sets the number of threads when a Java thread first works with it, which must not be within the work.
        Libtorch.threads();
        if (macs * pictures >= LARGE) work.run();
        else WorkerThreads.alone(work);
    }
}
