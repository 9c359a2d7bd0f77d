/// What a run is told, as values that can be printed, saved and compared: preprocessing, augmentation, optimiser, schedule.
///
/// Start with [Recipe], then [Recipes], which has the papers' by name; [Schedules] and [InitialValues] compute.
///
/// ```java
/// var recipe = Recipes.recipe("resnet-cifar").withSeed(7);
/// System.out.println(Recipes.describe(recipe));
/// ```
@NullMarked
package dev.striate.recipe;

import org.jspecify.annotations.NullMarked;
