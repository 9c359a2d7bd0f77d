package dev.striate.vision.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.striate.data.set.Splits;
import dev.striate.fixtures.NativeMemory;
import dev.striate.torch.Device;
import dev.striate.vision.tasks.SmallRegions;
import dev.striate.vision.tasks.Tasks;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A whole run of ten epochs, with evaluation, checkpoints and models, takes no more memory at its end than early on.
@Tag("native")
class FlatMemoryTest {
    private static final int EPOCHS = 10;
    private static final int EARLY = 3;
    /// A checkpoint's tensors are 20 KB and an epoch's activations 10 MB: what is lost in each would show.
    private static final long HEAP_SLACK = 1L << 20;
    private static final long NATIVE_SLACK = 48L << 20;

    @TempDir
    private Path folder;

    /// What is reachable after an epoch: bytes of the heap, bytes outside it, and JavaCPP's objects.
    private record Held(long heap, long outside, long objects) {}

    @Test
    @Tag("slow")
    void tenEpochsHoldMemoryFlat() throws IOException {
        var data = Sample.pictures(folder.resolve("data"), 100);
        var splits = Sample.open(data);
        thenMemoryIsFlat(Sample.run(splits, data, EPOCHS), splits);
    }

    @Test
    @Tag("slow")
    void soDoThoseOfADetectorWithRegions() {
        thenMemoryIsFlat(SmallRegions.run(SmallRegions.SCALES, EPOCHS), SmallRegions.SCENES);
    }

    private void thenMemoryIsFlat(Run run, Splits splits) {
        var held = new ArrayList<Held>();
        var saving = run.withLimits(Limits.NONE.withCheckpointSeconds(0));
        Tasks.training(saving, splits, folder.resolve("run"), Device.CPU, event -> {
            if (event instanceof Event.EpochEnded ended && List.of(EARLY, EPOCHS).contains(ended.epoch().number())) {
                held.add(held());
            }
        }).run();
        var early = held.getFirst();
        var late = held.getLast();
        assertThat(late.heap() - early.heap()).as("bytes of the heap").isLessThan(HEAP_SLACK);
        assertThat(late.outside() - early.outside()).as("bytes outside the heap").isLessThan(NATIVE_SLACK);
        assertThat(late.objects()).as("native objects").isLessThanOrEqualTo(early.objects());
    }

    private static Held held() {
        var objects = NativeMemory.settled(Pointer::totalCount);
        var heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        // Without a glibc that counts its bytes, objects and heap are what is compared.
        return new Held(heap.getUsed(), NativeMemory.bytes().orElse(0), objects);
    }
}
