package dev.striate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.striate.embedding.Towers;
import dev.striate.recipe.LayerRate;
import dev.striate.vision.train.Run;
import dev.striate.weights.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The options of `striate train`, each as a user would give it.
@Tag("native")
class TrainCommandTest {
    private final Striate striate = new Striate();

    @TempDir
    Path folder;
    private Path run;

    @BeforeEach
    void nameTheRun() {
        run = folder.resolve("run");
    }

    @Test
    @Tag("slow")
    void aTimeBudgetThatEndsBeforeAnEpochClaimsNoAccuracyAndCanBeResumed() {
        var stopped = striate.json("train --model resnet20 --data digits --recipe quick --batch 1 --epochs 1 "
                + "--time-budget 1s --device cpu --out " + run);
        assertThat(stopped.get("ending").asString()).isEqualTo("TIME");
        assertThat(stopped.get("epochs").asInt()).isZero();
        assertThat(stopped.has("accuracy")).isFalse();
        assertThat(stopped.get("model").isNull()).isTrue();
        assertThat(stopped.get("complete").asBoolean()).isFalse();
        assertThat(striate.execute("train --resume " + run + " --time-budget 1s --device cpu")).isZero();
        assertThat(striate.out()).contains("The time is used up after step", "No epoch has ended",
                "striate train --resume " + run);
        assertThat(striate.err()).contains("from step " + stopped.get("steps").asInt() + " of");
    }

    @Test
    void patienceEndsARunThatNoLongerGetsBetter() {
        var ended = striate.json(train("--recipe quick --limit 32 --batch 32 --epochs 50 --rate 1e-12 --patience 2"));
        assertThat(ended.get("ending").asString()).isEqualTo("PATIENCE");
        assertThat(ended.get("epochs").asInt()).isLessThan(50);
        assertThat(Path.of(ended.get("model").asString())).exists();
    }

    @Test
    void aDryRunSaysWhatARunWouldTakeAndLeavesNothing() throws IOException {
        var line = train("--recipe quick --limit 96 --batch 16 --accumulate 2 --epochs 3 --dry-run");
        var would = striate.json(line).get("rehearsal");
        assertThat(would.get("steps").asInt()).isEqualTo(9); // three epochs of 96 pictures, 32 to a step
        assertThat(would.get("epochs").asInt()).isEqualTo(3);
        assertThat(would.get("stepSeconds").asDouble()).isPositive();
        assertThat(would.get("memoryBytes").asLong()).isPositive();
        assertThat(would.get("checkpointBytes").asLong()).isGreaterThan(would.get("modelBytes").asLong());
        assertThat(striate.execute(line)).isZero();
        assertThat(striate.out()).contains("One batch of 16 went the whole way", "9 of 32 pictures", "3 epochs of 96");
        try (var left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void saysHowManyPicturesItReallyLearnsFrom() {
        striate.json(train("--recipe quick --limit 48 --batch 16 --epochs 1"));
        assertThat(striate.err()).contains("48 training pictures of 10 classes, 48 for validation");
    }

    @Test
    void aSeedGivesTheSameWeightsAndAnotherDoesNot() {
        var first = weights("a", "--batch 32 --seed 5");
        assertThat(weights("b", "--batch 32 --seed 5")).isEqualTo(first);
        assertThat(weights("c", "--batch 32 --seed 6")).isNotEqualTo(first);
        assertThat(weights("d", "--batch 32 --seed 5 --precision float64")).isNotEqualTo(first);
        assertThat(weights("e", "--batch-size auto --seed 5")).as("the recipe's 64 fit")
                .isEqualTo(weights("f", "--seed 5"));
    }

    @Test
    void fineTuningFreezesByNameAndReplacesTheHead() throws IOException {
        striate.json(train("--recipe quick --limit 64 --batch 32 --epochs 1"));
        var pictures = Striate.pictures(folder.resolve("pictures"), 6);
        var tuned = striate
                .json("train --data " + pictures + " --from " + run + " --freeze c[13].* --pretrained-rate 0.5 "
                        + "--recipe quick --batch 4 --epochs 1 --device cpu --out " + folder.resolve("tuned"));
        assertThat(striate.err()).contains("fresh are output.weight, output.bias", "frozen are 4 of 10 parameters",
                "pretrained ones learn at 0.5 of the learning rate");
        var before = ModelFile.read(run.resolve("model.safetensors")).tensors();
        var after = ModelFile.read(Path.of(tuned.get("model").asString())).tensors();
        for (var frozen : new String[] { "c1.weight", "c1.bias", "c3.weight", "c3.bias" }) {
            assertThat(after.get(frozen).floats()).as(frozen).isEqualTo(before.get(frozen).floats());
        }
        assertThat(after.get("c5.weight").floats()).isNotEqualTo(before.get("c5.weight").floats());
        assertThat(after.get("output.weight").shape().getFirst()).isEqualTo(2);
    }

    @Test
    void earlierNamesOfOptionsStillWork() {
        var would = striate.json(train("--recipe quick --limit 32 --batch 16 --rate 0.02 --dry-run")).get("rehearsal");
        assertThat(would.get("batch").asInt()).isEqualTo(16);
        assertThat(striate.err()).containsPattern("rate +0\\.02\\b");
        striate.refuses(1, "received no --from", train("--pretrained-rate 0.1"));
        assertThat(striate.execute("train --help")).isZero();
        assertThat(striate.out()).contains("--batch-size", "--learning-rate", "--pretrained-rate")
                .doesNotContain("--batch=", "--rate=", "--old-rate");
    }

    /// Identities are no outputs: the network keeps the length of its embeddings.
    @Test
    void aNetworkForVerificationStaysAsItIsWhateverTheNumberOfIdentities() {
        striate.json("train --task verify --model embedding_small --data digits --limit 32 --batch-size 16 --epochs 1 "
                + "--layer-rate conv1.*=0.5 --device cpu --out " + run);

        assertThat(Towers.of(ModelFile.read(run.resolve("model.safetensors")).network()).dimensions()).isEqualTo(1024);
        assertThat(Run.read(run).recipe().descent().layerRates()).containsExactly(LayerRate.of("conv1.*=0.5"));
        striate.refuses(1, "'conv9.*' with a rate of its own is the name of none",
                train("--layer-rate conv9.*=0.5"));
    }

    @Test
    void refusesWhatDoesNotGoTogether() {
        striate.json(train("--recipe quick --limit 32 --batch 32 --epochs 1"));
        striate.refuses(2, "takes no --epochs", "train --resume " + run + " --epochs 4");
        striate.refuses(2, "as in 90s, 10m or 1h30m", "train --resume " + run + " --time-budget soon");
        striate.refuses(2, "a number of pictures or auto", train("--batch-size 0"));
        striate.refuses(1, "'conv' is the name of none", train("--freeze conv"));
        striate.refuses(1, "received no --from", train("--old-rate 0.1"));
        striate.refuses(1, "model.safetensors", train("--from " + folder));
    }

    private float[] weights(String name, String options) {
        run = folder.resolve(name);
        striate.json(train("--recipe quick --limit 64 --epochs 1 " + options));
        return ModelFile.read(run.resolve("model.safetensors")).tensors().get("c1.weight").floats();
    }

    private String train(String options) {
        return "train --model lenet5 --data digits --device cpu --out " + run + " " + options;
    }
}
