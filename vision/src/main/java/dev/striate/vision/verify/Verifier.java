package dev.striate.vision.verify;

import dev.striate.StriateException;
import dev.striate.data.batch.Preparation;
import dev.striate.data.picture.Picture;
import dev.striate.data.picture.Pictures;
import dev.striate.data.set.DataSet;
import dev.striate.data.set.OneShotRuns;
import dev.striate.embedding.Towers;
import dev.striate.task.Task;
import dev.striate.task.Thresholds;
import dev.striate.vision.Inference;
import dev.striate.vision.Inferences;
import dev.striate.vision.Running;
import dev.striate.vision.train.Run;
import dev.striate.weights.ModelFile;
import java.nio.file.Path;

/// A trained network for verification, opened from its file: says whether two pictures show the same.
public final class Verifier implements AutoCloseable {
    private final ModelFile file;
    private final Task.Verification task;
    private final Towers towers;
    private final Preparation preparation;
    private final Inference inference;
    private final OpenTowers open;

    private Verifier(ModelFile file, Task.Verification task, Inference inference) {
        this.file = file;
        this.task = task;
        this.inference = inference;
        towers = Towers.of(file.network());
        preparation = new Preparation(file.preprocessing());
        open = OpenTowers.of(towers, inference, task.mirrored());
    }

    /// Opens a model file, or the best model of a run's folder, on the CPU.
    public static Verifier open(Path model) {
        return open(model, Running.USUAL);
    }

    /// The same on another device, by another engine or in other numbers.
    public static Verifier open(Path model, Running running) {
        var file = ModelFile.read(Run.model(model));
        var task = file.task(Task.Verification.class, model);
        return new Verifier(file, task, Inferences.open(file, running));
    }

    /// What a comparison of two pictures says.
    ///
    /// @param distance the smaller, the more alike
    /// @param threshold up to which they are taken for the same
    public record Compared(double distance, double threshold) {
        public boolean same() {
            return distance <= threshold;
        }
    }

    /// The embedding of a picture.
    public float[] embedding(Picture picture) {
        return open.embedding(preparation, picture);
    }

    /// How far two embeddings are apart: by Euclid or, where the network compares pairs, its logit of "the same", negated.
    public double distance(float[] first, float[] second) {
        return open.comparison().distances(first, new float[][] { second })[0];
    }

    /// Compares two pictures by the model's own threshold; refuses a model that has none.
    public Compared compare(Picture first, Picture second) {
        return new Compared(distance(embedding(first), embedding(second)), thresholds().distance());
    }

    /// The same for two pictures' files.
    public Compared compare(Path first, Path second) {
        return compare(Pictures.read(first), Pictures.read(second));
    }

    /// The model as a gallery uses it; refuses a network that compares pairs itself, whose embeddings have no distance.
    public Embedder embedder() {
        if (towers.join().isPresent()) {
            throw StriateException
                    .network("A gallery expects a network that gives embeddings, such as embedding_small; "
                            + file.network().name() + " compares pairs itself.");
        }
        return new Embedder() {
            private final String fingerprint = Fingerprint.of(file);

            @Override
            public String fingerprint() {
                return fingerprint;
            }

            @Override
            public int dimensions() {
                return towers.dimensions();
            }

            @Override
            public float[] embedding(Picture picture) {
                return Verifier.this.embedding(picture);
            }

            @Override
            public double threshold() {
                return task.thresholds().map(Thresholds::distance).orElse(Double.NaN);
            }
        };
    }

    /// The thresholds that the model's file holds; refuses one that holds none.
    public Thresholds thresholds() {
        return task.thresholds().orElseThrow(() -> new StriateException(
                "A model with a threshold was expected; this one has none, which `evaluate --thresholds` chooses."));
    }

    /// Measures on all pairs of a set's pictures.
    public MeasuredVerification evaluate(DataSet pictures) {
        new Verification(task).check(pictures);
        return MeasuredVerification.of(open, preparation, pictures);
    }

    /// The share of the test pictures of one-shot runs for which the nearest of the run's candidates is the right one.
    public OneShot oneShot(OneShotRuns runs) {
        return OneShot.of(open, preparation, runs);
    }

    /// The model with thresholds measured on some pictures.
    public ModelFile with(Thresholds thresholds) {
        return new ModelFile(file.network(), file.preprocessing(),
                task.withThresholds(thresholds), file.recipe(), file.quantisation(),
                file.tensors());
    }

    public ModelFile file() {
        return file;
    }

    @Override
    public void close() {
        inference.close();
    }
}
