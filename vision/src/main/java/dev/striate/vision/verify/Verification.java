package dev.striate.vision.verify;

import dev.striate.StriateException;
import dev.striate.data.batch.Preparation;
import dev.striate.data.set.DataSet;
import dev.striate.embedding.Towers;
import dev.striate.graph.Network;
import dev.striate.graph.Shape;
import dev.striate.recipe.Loss;
import dev.striate.recipe.Objective;
import dev.striate.recipe.Preprocessing;
import dev.striate.recipe.Recipe;
import dev.striate.task.Task;
import dev.striate.vision.Inference;
import dev.striate.vision.train.Statistics;
import dev.striate.vision.train.Trainable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Training of networks that say whether two pictures show the same, on pictures whose identities are known.
///
/// @param layer that embeddings of a classifier are made of; otherwise its last but one
public record Verification(Task.Verification task, Optional<String> layer) implements Trainable {
    /// The length of the embeddings that a classifier is made to give (Schroff et al. 2015, §5.4).
    private static final int LENGTH = 128;

    public Verification(Task.Verification task) {
        this(task, Optional.empty());
    }

    @Override
    public Network fitted(Network network) {
        return layer.map(name -> Towers.fitted(network, LENGTH, name)).orElseGet(() -> Towers.fitted(network, LENGTH));
    }

    @Override
    public void check(Network network) {
        Towers.of(network);
    }

    /// Pairs for a network that compares them, triplets for one that gives embeddings.
    @Override
    public Recipe fitted(Recipe recipe, Network network) {
        var known = recipe.objective() instanceof Objective.Pairs || recipe.objective() instanceof Objective.Triplets;
        if (known) return recipe;
        return recipe
                .withObjective(Towers.comparePairs(network) ? new Objective.Pairs(new Loss.BinaryCrossEntropy(), 0.5)
                        : Objective.triplets());
    }

    /// The whole picture.
    @Override
    public Preprocessing preprocessing(Shape input, DataSet pictures) {
        return Statistics.preprocessing(input, pictures, _ -> new Preprocessing.Stretch());
    }

    /// Refuses pictures of nobody, and such of which no two show the same or none another.
    @Override
    public void check(DataSet pictures) {
        var counts = pictures.counts();
        for (var i = 0; i < pictures.size(); i++) pictures.label(i);
        var shown = Arrays.stream(counts).filter(count -> count > 0).count();
        if (shown > 1 && Arrays.stream(counts).anyMatch(count -> count > 1)) return;
        throw new StriateException("Pictures of at least two identities, two of one of them, were expected; received "
                + pictures.size() + " of " + shown + ".");
    }

    @Override
    public List<String> warnings(DataSet pictures, Preprocessing preprocessing) {
        var alone = Arrays.stream(pictures.counts()).filter(count -> count == 1).count();
        return alone == 0 ? List.of()
                : List.of(alone + (alone == 1 ? " identity has" : " identities have")
                        + " one picture only, which is never shown with another of its own.");
    }

    @Override
    public MeasuredVerification measure(Network network, Inference inference, Preparation preparation,
            DataSet pictures) {
        return MeasuredVerification.of(OpenTowers.of(Towers.of(network), inference, task.mirrored()), preparation,
                pictures);
    }
}
