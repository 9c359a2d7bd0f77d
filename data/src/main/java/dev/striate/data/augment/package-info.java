/// What core's [dev.striate.recipe.Augmentation]s do to a picture.
///
/// Start with [Augmentations]: settings in, an [dev.striate.data.batch.Augmenter] out; [dev.striate.data.picture.Affine] says where each point
/// of the picture went, so that boxes and masks can follow.
///
/// ```java
/// var augmentations = Augmentations.of(recipe.augmentations(), preparation);
/// var loader = Loader.of(set.train(), preparation, augmentations, Loading.training(128, seed));
/// ```
@NullMarked
package dev.striate.data.augment;

import org.jspecify.annotations.NullMarked;
