/// The way in: [dev.striate.vision.tasks.Tasks] makes runs and trainings for whatever a data set is labelled for;
/// [Quantised] makes a model of any task run in int8.
///
/// ```java
/// var run = Tasks.run(Zoo.network("lenet5"), DataSets.open("digits"), "digits", Recipes.recipe("quick"));
/// ```
@NullMarked
package dev.striate.vision.tasks;

import org.jspecify.annotations.NullMarked;
