package dev.striate.vision.train;

import dev.striate.data.augment.Augmentations;
import dev.striate.data.batch.Augmenter;
import dev.striate.data.batch.Preparation;
import dev.striate.data.picture.Picture;
import dev.striate.data.set.DataSet;
import dev.striate.data.set.Targets;
import dev.striate.graph.Shape;
import dev.striate.random.RandomStream;
import dev.striate.recipe.Preprocessing;
import dev.striate.recipe.Recipe;
import dev.striate.vision.report.Annotations;
import dev.striate.vision.report.Mosaic;
import java.util.ArrayList;
import java.util.List;

/// Shows what a recipe's augmentations do to pictures.
public final class Preview {
    private static final int COLUMNS = 8;

    private Preview() {}

    /// A row for each of the first pictures: as evaluation sees it, then as seven epochs would, with its boxes or mask where
    /// these went.
    public static Picture draw(DataSet pictures, Recipe recipe, Shape input, int rows) {
        var preparation = new Preparation(Preprocessing.plain(input, new Preprocessing.Stretch()));
        var augmentations = Augmentations.of(recipe.augmentations(), preparation);
        var tiles = new ArrayList<Mosaic.Tile>();
        for (var row = 0; row < Math.min(rows, pictures.size()); row++) {
            tiles.add(tile(pictures, row, Augmenter.none(preparation), 0, recipe));
            for (var epoch = 1; epoch < COLUMNS; epoch++) tiles.add(tile(pictures, row, augmentations, epoch, recipe));
        }
        return Mosaic.draw("what " + recipe.name() + " makes of pictures", COLUMNS, tiles);
    }

    private static Mosaic.Tile tile(DataSet pictures, int index, Augmenter augmenter, int epoch, Recipe recipe) {
        var stream = RandomStream.of(recipe.start().seed()).at("augmentation").at(epoch).at(index);
        var sample = augmenter.sample(pictures, index, stream);
        return new Mosaic.Tile(Annotations.unlettered(sample.picture(), sample.target()),
                List.of(epoch == 0 ? Targets.summary(sample.target(), pictures.classes()) : "epoch " + epoch));
    }
}
