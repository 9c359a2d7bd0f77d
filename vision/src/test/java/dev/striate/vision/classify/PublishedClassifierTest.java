package dev.striate.vision.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.striate.data.set.DataSet;
import dev.striate.data.set.DataSets;
import dev.striate.exchange.Imports;
import dev.striate.fixtures.SharedFiles;
import dev.striate.plan.Calibration;
import dev.striate.vision.tasks.Quantised;
import dev.striate.zoo.Zoo;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("native")
@Tag("shared")
class PublishedClassifierTest {
    /// What PyTorch computes for `test/airplane/0000.jpg`: the fixtures' README.
    private static final float[] LOGITS = { 7.8901f, -1.0877f, 2.6342f, -1.0125f, -2.8370f, -6.9533f, -3.3481f,
            -6.4984f, 6.9738f, 4.2098f };

    @TempDir
    Path folder;

    @Test
    void theImportedResNetGivesPyTorchsLogits() {
        var file = folder.resolve("resnet20.safetensors");
        Imports.read(SharedFiles.file("data/weights/cifar10-resnet20.th"), Zoo.network("resnet20")).model().write(file);
        var test = DataSets.open(SharedFiles.file("data/cifar10.zip")).test();
        var airplane = test.picture(index(test, "test/airplane/0000.jpg"));

        try (var classifier = Classifier.open(file); var arena = Arena.ofConfined()) {
            var pixels = arena.allocate(classifier.preparation().bytes(), 64);
            classifier.preparation().prepare(airplane, pixels);
            // Four decimals are given.
            assertThat(classifier.inference().run(pixels, 1).main()).containsExactly(LOGITS, within(2e-4f));
        }
    }

    @Test
    void theImportedResNetKeepsItsAccuracyInInt8() {
        var model = Imports.read(SharedFiles.file("data/weights/cifar10-resnet20.th"), Zoo.network("resnet20")).model();
        var pictures = DataSets.open(SharedFiles.file("data/cifar10.zip"));
        var quantised = Quantised.of(model, pictures.train(), 16, Calibration.DEFAULT);
        // All of them with VNNI; without it weights have a bit less, and more layers lose too much.
        assertThat(quantised.quantisation().layers()).as("of 19 layers").hasSizeGreaterThan(9);
        var cost = quantised.cost(pictures.test().limit(1000));
        // 97 % is what users are told; half a point of accuracy is five pictures.
        assertThat(cost.agreement().orElseThrow()).isGreaterThan(0.97);
        assertThat(cost.rounded().figures().score()).isGreaterThanOrEqualTo(cost.float32().figures().score() - 0.005);
    }

    /// On all 10,000 pictures 0.1 points are ten; on a thousand it is one.
    @Test
    void theImportedResNetKeepsItsAccuracyInBf16() {
        var model = Imports.read(SharedFiles.file("data/weights/cifar10-resnet20.th"), Zoo.network("resnet20")).model();
        var cost = Quantised.inBf16(model)
                .cost(DataSets.open(SharedFiles.file("data/cifar10.zip")).test().limit(1000));
        assertThat(cost.agreement().orElseThrow()).isGreaterThanOrEqualTo(0.995);
        assertThat(cost.rounded().figures().score()).isGreaterThanOrEqualTo(cost.float32().figures().score() - 0.001);
    }

    private static int index(DataSet set, String ending) {
        return IntStream.range(0, set.size()).filter(i -> set.name(i).endsWith(ending)).findFirst().orElseThrow();
    }
}
