package dev.striate.vision.verify;

import static dev.striate.graph.Options.pad;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.striate.StriateException;
import dev.striate.data.picture.Picture;
import dev.striate.data.set.DataSet;
import dev.striate.data.set.DataSets;
import dev.striate.data.set.Splits;
import dev.striate.data.set.Wrapped;
import dev.striate.graph.Layer;
import dev.striate.graph.Network;
import dev.striate.graph.Op;
import dev.striate.recipe.Loss;
import dev.striate.recipe.Mining;
import dev.striate.recipe.Objective;
import dev.striate.recipe.Recipe;
import dev.striate.recipe.Recipes;
import dev.striate.task.Task;
import dev.striate.torch.Device;
import dev.striate.vision.Inference;
import dev.striate.vision.Running;
import dev.striate.vision.train.Event;
import dev.striate.vision.train.Outcome;
import dev.striate.vision.train.Run;
import dev.striate.vision.train.Training;
import dev.striate.weights.ModelFile;
import dev.striate.zoo.Zoo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Drawn digits as identities: which parts see which digit depends on the seed.
@Tag("native")
class VerificationTest {
    private static final Splits DIGITS = DataSets.open("digits").limit(300);
    private static final List<Event> EVENTS = new ArrayList<>();

    @TempDir
    Path folder;

    @Test
    void tripletsBringPicturesOfOneDigitTogether() {
        var outcome = trained("whole", run(embedding(), recipe(12)), 0);

        assertThat(outcome.last().training().keySet()).containsExactly("loss", "active", "spread");
        assertThat(outcome.last().training().get("active"))
                .isLessThan(outcome.history().getFirst().training().get("active"));
        assertThat(folder.resolve("whole/roc.png")).exists();
        assertThat(folder.resolve("whole/pairs.png")).exists();
        assertThat(folder.resolve("whole/roc.csv")).content().startsWith("threshold,far,tar\n-Infinity,0.0,0.0\n");
        try (var verifier = Verifier.open(folder.resolve("whole"))) {
            assertThat(verifier.evaluate(DIGITS.test()).figures().get("equalError")).as("of digits, most of them seen")
                    .isLessThan(0.35);
            var validation = run(embedding(), recipe(6)).pictures(DIGITS).validation().orElseThrow();
            var measured = verifier.evaluate(validation);
            assertThat(measured.figures().get("equalError"))
                    .isCloseTo(outcome.best().validation().get("equalError"), within(0.01));
            assertThat(verifier.thresholds().distance()).isCloseTo(measured.thresholds().distance(), within(0.01));
            var picture = validation.picture(0);
            var compared = verifier.compare(picture, picture);
            assertThat(compared.distance()).isCloseTo(0, within(1e-6));
            assertThat(compared.same()).isTrue();
        }
    }

    @Test
    void aStoppedRunEndsWithTheWeightsOfAnUninterruptedOne() {
        var run = run(embedding(), recipe(2).withMining(Mining.RANDOM));
        var whole = ModelFile.read(trained("whole", run, 0).model());
        trained("stopped", run, 5);
        var resumed = ModelFile.read(trained("stopped", run, 0).model());

        assertThat(resumed.tensors().keySet()).isEqualTo(whole.tensors().keySet());
        whole.tensors().forEach((name, tensor) -> assertThat(resumed.tensors().get(name).floats()).as(name)
                .isEqualTo(tensor.floats()));
    }

    @Test
    void aNetworkThatComparesPairsJoinsTwoEmbeddings() {
        var outcome = trained("pairs", run(comparing(), pairs(1)), 0);

        assertThat(outcome.last().training().keySet()).containsExactly("loss", "accuracy");
        for (var engine : Inference.Engine.values()) {
            try (var verifier = Verifier.open(outcome.model(), new Running(Device.CPU, engine))) {
                var pictures = DIGITS.test();
                var a = verifier.embedding(pictures.picture(0));
                var b = verifier.embedding(pictures.picture(1));
                assertThat(verifier.distance(a, b)).as("%s", engine).isEqualTo(verifier.distance(b, a));
                assertThat(verifier.distance(a, b)).isCloseTo(-logit(verifier, a, b), within(1e-4));
            }
        }
    }

    @Test
    @Tag("slow")
    void pairsTeachANetworkThatComparesThem() {
        assertThat(trained("pairs", run(comparing(), pairs(150)), 0).last().training().get("accuracy"))
                .isGreaterThan(0.75);
    }

    private static Recipe pairs(int epochs) {
        return recipe(epochs).withAugmentations(List.of())
                .withObjective(new Objective.Pairs(new Loss.BinaryCrossEntropy(), 0.5));
    }

    /// By hand from the join's weights.
    private static double logit(Verifier verifier, float[] a, float[] b) {
        var weights = verifier.file().tensors().get("join.weight").floats();
        double sum = verifier.file().tensors().get("join.bias").floats()[0];
        for (var k = 0; k < a.length; k++) sum += weights[k] * Math.abs(a[k] - b[k]);
        return sum;
    }

    @Test
    void contrastiveLossSuitsEmbeddings() {
        var recipe = recipe(1).withObjective(new Objective.Pairs(new Loss.Contrastive(1), 0.5));

        assertThat(trained("contrastive", run(embedding(), recipe), 0).last().training().get("loss"))
                .isBetween(0.0, 0.5);
        assertThatThrownBy(() -> trained("wrong", run(comparing(), recipe), 0)).isInstanceOf(StriateException.class)
                .hasMessageContaining("binary cross entropy where the network compares them");
    }

    @Test
    void tellsOfACollapse() {
        var grey = new Splits("grey", new Grey(DIGITS.train()), Optional.empty(), new Grey(DIGITS.test()), true);
        trained("collapsed", run(embedding(), recipe(1)), grey, 0);

        assertThat(EVENTS).filteredOn(event -> event instanceof Event.Warned(var text)
                && text.startsWith("Training has collapsed: all pictures get nearly the same embedding")).hasSize(1);
    }

    /// The same labels, and nothing to see.
    private record Grey(DataSet whole) implements Wrapped {
        @Override
        public Picture picture(int index) {
            return Picture.black(28, 28, 1);
        }
    }

    @Test
    void aClassifierBecomesAnEmbedding() {
        var verification = new Verification(new Task.Verification(List.of("a", "b")));
        var fitted = verification.fitted(Zoo.network("resnet20"));

        verification.check(fitted);
        assertThat(verification.fitted(Recipes.recipe("quick"), fitted).objective()).isEqualTo(Objective.triplets());
        assertThat(verification.fitted(Recipes.recipe("siamese"), comparing()).objective())
                .isEqualTo(new Objective.Pairs(new Loss.BinaryCrossEntropy(), 0.5));
    }

    private Outcome trained(String name, Run run, int stopAfter) {
        return trained(name, run, DIGITS, stopAfter);
    }

    private Outcome trained(String name, Run run, Splits splits, int stopAfter) {
        EVENTS.clear();
        var training = new Training[1];
        training[0] = new Training(new Verification((Task.Verification) run.task()), run, splits, folder.resolve(name),
                Device.CPU, event -> {
                    EVENTS.add(event);
                    if (event instanceof Event.Saved && stopAfter > 0) training[0].stop();
                });
        return training[0].run();
    }

    private static Run run(Network network, Recipe recipe) {
        return Run.of(new Verification(new Task.Verification(DIGITS.train().classes())), network, DIGITS, "digits",
                recipe);
    }

    private static Recipe recipe(int epochs) {
        var recipe = Recipes.inEpochs(Recipes.recipe("triplets"), epochs).withSeed(2);
        return recipe.withPace(recipe.pace().withBatch(24));
    }

    private static Network embedding() {
        return trunk().at("embedding").linear(16).at("unit").then(new Op.L2Norm(1e-12)).network("small embedding");
    }

    private static Network comparing() {
        return trunk().at("embedding").linear(32).then(new Op.PairDifference()).at("join").linear(1)
                .network("small pair");
    }

    private static Layer trunk() {
        return Layer.input(1, 28, 28).conv(16, 3, pad(1)).batchNorm().relu().maxPool(2).conv(32, 3, pad(1)).batchNorm()
                .relu().maxPool(2).maxPool(2).flatten();
    }
}
