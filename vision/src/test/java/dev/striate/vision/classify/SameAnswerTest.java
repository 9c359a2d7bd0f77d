package dev.striate.vision.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.striate.data.picture.Picture;
import dev.striate.data.set.Splits;
import dev.striate.torch.Device;
import dev.striate.vision.Inference;
import dev.striate.vision.tasks.Tasks;
import dev.striate.vision.train.Event;
import dev.striate.vision.train.Outcome;
import dev.striate.vision.train.Sample;
import dev.striate.weights.ModelFile;
import dev.striate.weights.SafeTensors;
import dev.striate.weights.StateDict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One picture gives one answer, whichever way it takes: what training measured, what evaluation measures, what prediction
/// says on either engine, and what an exported and imported model says.
@Tag("native")
class SameAnswerTest {
    /// Engines add up in other orders: float32 has 24 bits.
    private static final double ROUNDING = 1e-5;

    @TempDir
    private static Path folder;
    private static Splits splits;
    private static Outcome outcome;

    @BeforeAll
    static void trainWithOnePictureHeldOut() throws IOException {
        var data = Sample.pictures(folder.resolve("data"), 8);
        var all = Sample.open(data);
        splits = new Splits(all.name(), all.train(), Optional.empty(), all.test().subset(3), true);
        outcome = Tasks.training(Sample.run(splits, data, 1), splits, folder.resolve("run"), Device.CPU,
                Event.Listener.none()).run();
    }

    @Test
    void evaluationFindsWhatTrainingMeasured() {
        for (var engine : Inference.Engine.values()) {
            assertThat(loss(outcome.model(), engine)).as(engine.toString()).isCloseTo(outcome.figure("loss"),
                    within(ROUNDING));
        }
    }

    @Test
    void predictionSaysWhatEvaluationMeasures() {
        for (var engine : Inference.Engine.values()) {
            assertThat(-Math.log(probability(outcome.model(), engine))).as(engine.toString())
                    .isCloseTo(outcome.figure("loss"), within(ROUNDING));
        }
    }

    @Test
    void anExportedAndImportedModelSaysTheSame() {
        var model = ModelFile.read(outcome.model());
        var exported = folder.resolve("exported.safetensors");
        new SafeTensors(new LinkedHashMap<>(), model.tensors()).write(exported);
        var back = folder.resolve("imported.safetensors");
        new ModelFile(model.network(), model.preprocessing(), model.task(), Optional.empty(),
                StateDict.read(exported).match(model.network()).whole()).write(back);
        for (var engine : Inference.Engine.values()) {
            assertThat(loss(back, engine)).as(engine.toString()).isEqualTo(loss(outcome.model(), engine));
        }
    }

    private static double loss(Path model, Inference.Engine engine) {
        try (var classifier = Classifier.open(model, Device.CPU, engine)) {
            return classifier.evaluate(splits.test()).loss();
        }
    }

    private static double probability(Path model, Inference.Engine engine) {
        Picture picture = splits.test().picture(0);
        var truth = splits.test().classes().get(splits.test().label(0));
        try (var classifier = Classifier.open(model, Device.CPU, engine)) {
            return classifier.predict(picture).stream().filter(guess -> guess.label().equals(truth)).findFirst()
                    .orElseThrow().probability();
        }
    }
}
