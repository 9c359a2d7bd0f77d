package dev.striate.vision.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.striate.data.set.DataSets;
import dev.striate.data.set.Splits;
import dev.striate.graph.ClassTrees;
import dev.striate.graph.Op;
import dev.striate.recipe.Recipes;
import dev.striate.torch.Device;
import dev.striate.tree.WordTree;
import dev.striate.vision.classify.Classifier;
import dev.striate.vision.tasks.Tasks;
import dev.striate.weights.ModelFile;
import dev.striate.zoo.Zoo;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Drawn digits, of which some are round and some straight.
@Tag("native")
class TreeClassificationTest {
    private static final String ROUND = "03689";
    private static final WordTree WORDS = WordTree.parse("round -1\nstraight -1\n" + IntStream.range(0, 10)
            .mapToObj(digit -> digit + (ROUND.contains("" + digit) ? " 0" : " 1")).collect(Collectors.joining("\n")),
            "a.tree");
    private static final int EPOCHS = 4;

    @TempDir
    private static Path folder;
    private static Splits digits;
    private static Run run;
    private static Outcome outcome;

    @BeforeAll
    static void train() {
        digits = DataSets.open("digits").limit(400);
        var task = Tasks.classification(WORDS);
        var recipe = Recipes.inEpochs(Recipes.recipe("quick"), EPOCHS);
        run = Run.of(task, task.fitted(Zoo.network("lenet5")), digits, "digits",
                recipe.withPace(recipe.pace().withBatch(16)));
        outcome = Tasks.training(run, digits, folder.resolve("whole"), Device.CPU, Event.Listener.none()).run();
    }

    @Test
    void learnsEachLevelOfTheTree() {
        var first = outcome.history().getFirst().validation();
        assertThat(outcome.figure("accuracy")).isGreaterThan(0.4).isGreaterThan(first.get("accuracy"));
        assertThat(outcome.figure("accuracyDepth0")).isGreaterThan(0.7).isGreaterThan(outcome.figure("accuracy"));
        // All digits are at depth 1, where right is right above too.
        assertThat(outcome.figure("accuracyDepth1")).isEqualTo(outcome.figure("accuracy"));
        assertThat(outcome.last().validation().deciding()).isEqualTo("accuracy");
    }

    @Test
    void theModelHoldsItsTreeAndMeasuresAsTrainingDid() {
        var model = ModelFile.read(outcome.model());
        assertThat(ClassTrees.of(model.network())).map(Op.TreeLogits::tree).hasValue(WORDS.tree());
        assertThat(model.labels()).isEqualTo(WORDS.names());
        try (var classifier = Classifier.open(outcome.model())) {
            var evaluation = classifier.evaluate(digits.test());
            assertThat(evaluation.accuracy()).isCloseTo(outcome.best().validation().get("accuracy"), within(0.01));
            assertThat(evaluation.accuracyByDepth()).hasSize(2);
            var confused = evaluation.confusion();
            // A digit is taken for a digit, never for what is above it.
            assertThat(IntStream.range(2, 12).map(k -> confused[k][0] + confused[k][1]).sum()).isZero();
        }
    }

    @Test
    void answersWithTheClassWhereTheDescentEnds() {
        try (var classifier = Classifier.open(outcome.model())) {
            for (var i = 0; i < 20; i++) {
                var top = classifier.predict(digits.test().picture(i));
                var answer = top.getFirst();
                var isLeaf = WORDS.tree().children(WORDS.number(answer.label())).length == 0;
                assertThat(top).hasSize(isLeaf ? 10 : 11);
                assertThat(top.stream().skip(isLeaf ? 0 : 1).mapToDouble(each -> each.probability()).sum())
                        .isCloseTo(1, within(1e-9));
                if (isLeaf) assertThat(answer.probability()).isGreaterThan(0.5);
                else assertThat(top.get(1).probability()).isLessThanOrEqualTo(answer.probability());
            }
        }
    }

    @Test
    @Tag("slow")
    void stoppedAndResumedItEndsWithTheSameWeights() {
        var place = folder.resolve("stopped");
        Interrupted.train(run, digits, place, 5);
        Interrupted.train(Run.read(place), digits, place, Integer.MAX_VALUE);
        Interrupted.assertSame(Interrupted.state(place), Interrupted.state(folder.resolve("whole")), "with a tree");
    }
}
