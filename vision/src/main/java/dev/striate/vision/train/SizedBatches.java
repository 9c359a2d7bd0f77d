package dev.striate.vision.train;

import dev.striate.data.augment.Augmentations;
import dev.striate.data.batch.BatchPlan;
import dev.striate.data.batch.Preparation;
import dev.striate.graph.Size;
import dev.striate.recipe.Recipe;
import dev.striate.recipe.Recipes;
import java.util.HashMap;
import java.util.Map;

/// The batches of a run, those of each step at the size that the recipe draws for it.
final class SizedBatches implements BatchPlan {
    private final Recipe recipe;
    private final Size own;
    private final int stepsPerEpoch;
    private final Map<Size, Treatment> treatments = new HashMap<>();

    SizedBatches(Run run, int stepsPerEpoch) {
        recipe = run.recipe();
        own = run.network().input().size();
        this.stepsPerEpoch = stepsPerEpoch;
        for (var size : recipe.pace().sizes().all(own)) {
            var preparation = new Preparation(run.preprocessing().withSize(size));
            var augmentations = size.equals(own) ? recipe.augmentations()
                    : Recipes.forInput(recipe, size).augmentations();
            treatments.put(size, new Treatment(preparation, Augmentations.of(augmentations, preparation)));
        }
    }

    @Override
    public Treatment of(int epoch, int batch) {
        var step = (long) epoch * stepsPerEpoch + batch / recipe.pace().accumulation();
        return treatments.get(recipe.pace().sizes().at(step, recipe.start().seed(), own));
    }

    @Override
    public long bytes() {
        return treatments.values().stream().mapToLong(each -> each.preparation().bytes()).max().orElseThrow();
    }
}
