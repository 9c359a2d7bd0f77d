package dev.striate.data.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.striate.StriateException;
import dev.striate.data.augment.Augmentations;
import dev.striate.data.picture.Affine;
import dev.striate.data.picture.Picture;
import dev.striate.data.picture.Varied;
import dev.striate.data.set.Classified;
import dev.striate.data.set.DataSet;
import dev.striate.graph.Shape;
import dev.striate.recipe.Augmentation;
import dev.striate.recipe.Augmentation.PadCrop;
import dev.striate.recipe.Preprocessing;
import dev.striate.recipe.Preprocessing.Stretch;
import dev.striate.target.Target;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class LoaderTest {
    private final Preparation preparation = new Preparation(Preprocessing.plain(new Shape(1, 4, 4), new Stretch()));

    @Test
    void givesEveryPictureOnceInOrderForEvaluation() {
        var batches = drain(new Numbered(10, -1), Loading.evaluation(4));
        assertThat(batches.stream().map(Taken::indices).map(Arrays::toString))
                .containsExactly("[0, 1, 2, 3]", "[4, 5, 6, 7]", "[8, 9]");
        assertThat(batches.getLast().labels()).containsExactly(0, 1);
        // Picture 9 has the value 9 everywhere but in its marked corner.
        assertThat(batches.getLast().values()[16 + 5]).isEqualTo(9 / 255f);
    }

    @ParameterizedTest
    @ValueSource(ints = { 2, 5 })
    void givesTheSameForAnyNumberOfThreads(int threads) {
        var loading = Loading.training(7, 42).withEpochs(3);
        assertThat(augmented(loading.withThreads(threads))).isEqualTo(augmented(loading.withThreads(1)));
    }

    @Test
    void shufflesAnewEachEpochAndBySeed() {
        var loading = Loading.training(50, 1).withEpochs(2);
        var first = drain(new Numbered(50, -1), loading);
        assertThat(first.get(0).indices()).isNotEqualTo(first.get(1).indices());
        assertThat(sorted(first.get(0))).isEqualTo(IntStream.range(0, 50).toArray());
        assertThat(sorted(first.get(1))).isEqualTo(IntStream.range(0, 50).toArray());
        var other = drain(new Numbered(50, -1), Loading.training(50, 2).withEpochs(1));
        assertThat(other.getFirst().indices()).isNotEqualTo(first.getFirst().indices());
    }

    @Test
    void goesOnWhereAnInterruptedRunStopped() {
        var loading = Loading.training(7, 42).withEpochs(3);
        var whole = augmented(loading);
        assertThat(whole).hasSize(9);
        assertThat(augmented(loading.startingAt(1, 2))).isEqualTo(whole.subList(5, 9));
        // Behind an epoch's last batch comes the next epoch.
        assertThat(augmented(loading.startingAt(1, 3))).isEqualTo(whole.subList(6, 9));
    }

    @Test
    void leavesOutAnIncompleteLastBatchOnlyWhereAsked() {
        var loading = Loading.training(4, 1).withEpochs(1);
        assertThat(drain(new Numbered(10, -1), loading)).hasSize(2);
        assertThat(drain(new Numbered(10, -1), loading.withDropLast(false))).hasSize(3);
        assertThatThrownBy(() -> drain(new Numbered(3, -1), loading)).isInstanceOf(StriateException.class)
                .hasMessageContaining("one batch of 4 pictures was expected; received 3");
    }

    @Test
    void tellsTheConsumerOfAPictureThatFailsAndGoesOn() {
        try (var loader = Loader.of(new Numbered(12, 5), preparation, Loading.evaluation(4).withThreads(3))) {
            loader.next().close();
            assertThatThrownBy(loader::next).isInstanceOf(StriateException.class)
                    .hasMessage("A picture was expected; picture#5 is none.");
            try (var last = loader.next()) {
                assertThat(last.indices()).containsExactly(8, 9, 10, 11);
            }
            assertThat(loader.hasNext()).isFalse();
        }
    }

    @Test
    void namesThePictureWhereTheProgramFails() {
        Augmenter broken = (_, _) -> {
            throw new IllegalStateException("broken");
        };
        try (var loader = Loader.of(new Numbered(4, -1), preparation, broken, Loading.evaluation(4))) {
            assertThatThrownBy(loader::next).isInstanceOf(StriateException.class)
                    .hasMessageContainingAll("picture#0", "broken");
        }
    }

    @Test
    void reusesItsBuffers() {
        var addresses = new ArrayList<Long>();
        try (var loader = Loader.of(new Numbered(100, -1), preparation, Loading.evaluation(1))) {
            while (loader.hasNext()) {
                try (var batch = loader.next()) {
                    addresses.add(batch.pixels().address());
                }
            }
        }
        assertThat(addresses.stream().distinct().count()).isLessThanOrEqualTo(4);
        assertThat(addresses).allMatch(address -> address % 64 == 0);
    }

    @Test
    void saysWhenNoBatchIsEverGivenBack() {
        try (var loader = Loader.of(new Numbered(100, -1), preparation, Loading.evaluation(1))) {
            for (var i = 0; i < 4; i++) loader.next();
            assertThatThrownBy(loader::next).isInstanceOf(StriateException.class).hasMessageContaining("in use");
        }
    }

    @Test
    void stopsItsThreadsWhenClosed() {
        var loader = Loader.of(new Numbered(100, -1), preparation, Loading.training(2, 1));
        loader.next().close();
        loader.close();
        loader.close();
        assertThat(loader.hasNext()).isFalse();
        assertThat(Thread.getAllStackTraces().keySet()).noneMatch(thread -> thread.getName().startsWith("loader-"));
    }

    @Test
    void countsHowLongItWasWaitedFor() {
        Augmenter slow = (picture, _) -> {
            try {
                Thread.sleep(Duration.ofMillis(30));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return new Varied(picture, Affine.IDENTITY);
        };
        try (var loader = Loader.of(new Numbered(1, -1), preparation, slow, Loading.evaluation(1))) {
            loader.next().close();
            assertThat(loader.waitedNanos()).isBetween(1_000_000L, 10_000_000_000L);
        }
    }

    @Test
    void givesEachBatchTheSizeThatItsPlanSays() {
        var small = new Preparation(Preprocessing.plain(new Shape(1, 2, 3), new Stretch()));
        var plan = new BatchPlan() {
            @Override
            public Treatment of(int epoch, int batch) {
                var each = (epoch + batch) % 2 == 0 ? preparation : small;
                return new Treatment(each, Augmenter.none(each));
            }

            @Override
            public long bytes() {
                return preparation.bytes();
            }
        };
        var loading = Loading.evaluation(2).withEpochs(2).startingAt(0, 1);
        try (var loader = Loader.of(new Numbered(6, -1), plan, loading)) {
            var shapes = new ArrayList<Shape>();
            while (loader.hasNext()) {
                try (var batch = loader.next()) {
                    shapes.add(batch.shape());
                    // The last pixel of the second picture has its number.
                    assertThat(batch.pixels().toArray(ValueLayout.JAVA_FLOAT))
                            .hasSize((int) (2 * batch.shape().elements()))
                            .endsWith(batch.indices()[1] / 255f);
                }
            }
            assertThat(shapes).containsExactly(small.input(), preparation.input(), small.input(), preparation.input(),
                    small.input());
        }
    }

    private List<Taken> augmented(Loading loading) {
        return drain(new Numbered(23, -1), loading);
    }

    private List<Taken> drain(DataSet set, Loading loading) {
        var taken = new ArrayList<Taken>();
        var augmenter = loading.shuffle()
                ? Augmentations.of(List.of(new PadCrop(2), Augmentation.horizontalFlip()), preparation)
                : Augmenter.none(preparation);
        try (var loader = Loader.of(set, preparation, augmenter, loading)) {
            while (loader.hasNext()) {
                try (var batch = loader.next()) {
                    taken.add(new Taken(batch.epoch(), batch.number(), batch.indices(), labels(batch),
                            batch.pixels().toArray(ValueLayout.JAVA_FLOAT)));
                }
            }
        }
        return taken;
    }

    private static int[] labels(Batch batch) {
        return batch.targets().stream().mapToInt(target -> ((Target.Label) target).index()).toArray();
    }

    private static int[] sorted(Taken taken) {
        return Arrays.stream(taken.indices()).sorted().toArray();
    }

    private record Taken(int epoch, int number, int[] indices, int[] labels, float[] values) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Taken that && epoch == that.epoch && number == that.number
                    && Arrays.equals(indices, that.indices) && Arrays.equals(labels, that.labels)
                    && Arrays.equals(values, that.values);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(indices);
        }
    }

    /// Pictures of 4×4 that hold their number, but for a bright corner; the one numbered `broken` cannot be read.
    private record Numbered(int size, int broken) implements Classified {
        @Override
        public List<String> classes() {
            return List.of("even", "odd");
        }

        @Override
        public int label(int index) {
            return index % 2;
        }

        @Override
        public String name(int index) {
            return "picture#" + index;
        }

        @Override
        public Picture picture(int index) {
            if (index == broken) throw new StriateException("A picture was expected; " + name(index) + " is none.");
            var picture = Picture.black(4, 4, 1);
            Arrays.fill(picture.pixels(), (byte) index);
            picture.pixels()[0] = (byte) 255;
            return picture;
        }
    }
}
