package dev.striate.recipe;

import java.util.List;
import java.util.stream.Stream;

/// All that a training run is told beside its network and its pictures: a value to print, save and compare.
///
/// `augmentations` apply in their order; `views` are what the final test looks at. [Recipes] has the papers' by name.
public record Recipe(
        String name,
        Optimization descent,
        Regime pace,
        Objective objective,
        List<Augmentation> augmentations,
        Views views,
        Start start,
        Precision precision) {
    public Recipe {
        Expect.that(!name.isBlank(), "A recipe", "a name", "'" + name + "'");
        augmentations = List.copyOf(augmentations);
    }

    /// A recipe with cross entropy, auxiliary heads weighted 0.3, one view at test time, in float32.
    public static Recipe of(String name, Optimization descent, Regime pace, List<Augmentation> augmentations,
            Start start) {
        return new Recipe(name, descent, pace, Objective.classes(), augmentations, new Views.One(), start,
                Precision.FLOAT32);
    }

    public Recipe withName(String name) {
        return new Recipe(name, descent, pace, objective, augmentations, views, start, precision);
    }

    public Recipe withDescent(Optimization descent) {
        return new Recipe(name, descent, pace, objective, augmentations, views, start, precision);
    }

    public Recipe withPace(Regime pace) {
        return new Recipe(name, descent, pace, objective, augmentations, views, start, precision);
    }

    public Recipe withObjective(Objective objective) {
        return new Recipe(name, descent, pace, objective, augmentations, views, start, precision);
    }

    /// The same with triplets that are mined so; margin and pictures of each identity stay where the recipe has triplets.
    public Recipe withMining(Mining mining) {
        var triplets = objective instanceof Objective.Triplets known ? known : Objective.triplets();
        return withObjective(new Objective.Triplets(triplets.loss(), mining, triplets.pictures()));
    }

    /// The same with another loss of classes, auxiliary heads weighted as before.
    public Recipe withLoss(Loss.OfClasses loss) {
        var weight = objective instanceof Objective.Classes(_, var auxiliary) ? auxiliary : 0.3;
        return withObjective(new Objective.Classes(loss, weight));
    }

    public Recipe withAugmentations(List<Augmentation> augmentations) {
        return new Recipe(name, descent, pace, objective, augmentations, views, start, precision);
    }

    /// The same with one mosaic, the last augmentation, in place of any there was.
    public Recipe withMosaic(Augmentation.Mosaic mosaic) {
        var others = augmentations.stream().filter(each -> !(each instanceof Augmentation.Mosaic));
        return withAugmentations(Stream.concat(others, Stream.of(mosaic)).toList());
    }

    public Recipe withViews(Views views) {
        return new Recipe(name, descent, pace, objective, augmentations, views, start, precision);
    }

    public Recipe withStart(Start start) {
        return new Recipe(name, descent, pace, objective, augmentations, views, start, precision);
    }

    public Recipe withSeed(long seed) {
        return withStart(start.withSeed(seed));
    }

    public Recipe withPrecision(Precision precision) {
        return new Recipe(name, descent, pace, objective, augmentations, views, start, precision);
    }
}
