package dev.striate.vision.train;

import dev.striate.data.augment.Augmentations;
import dev.striate.data.batch.Preparation;
import dev.striate.data.picture.Picture;
import dev.striate.data.set.DataSet;
import dev.striate.graph.Shape;
import dev.striate.random.RandomStream;
import dev.striate.recipe.Preprocessing;
import dev.striate.recipe.Recipe;
import dev.striate.vision.report.Mosaic;
import java.util.ArrayList;
import java.util.List;

/// Shows what a recipe's augmentations do to pictures.
public final class Preview {
    private static final int COLUMNS = 8;

    private Preview() {}

    /// A row for each of the first pictures: as evaluation sees it, then as seven epochs would.
    public static Picture draw(DataSet pictures, Recipe recipe, Shape input, int rows) {
        var preparation = new Preparation(Preprocessing.plain(input, new Preprocessing.Stretch()));
        var augmentations = Augmentations.of(recipe.augmentations(), preparation);
        var tiles = new ArrayList<Mosaic.Tile>();
        for (var row = 0; row < Math.min(rows, pictures.size()); row++) {
            var picture = pictures.picture(row);
            tiles.add(new Mosaic.Tile(preparation.fit(picture), List.of(pictures.classes().get(pictures.label(row)))));
            for (var epoch = 1; epoch < COLUMNS; epoch++) {
                var draws = RandomStream.of(recipe.start().seed()).at("augmentation").at(epoch).at(row).draws();
                tiles.add(new Mosaic.Tile(augmentations.vary(picture, draws).picture(), List.of("epoch " + epoch)));
            }
        }
        return Mosaic.draw("what " + recipe.name() + " makes of pictures", COLUMNS, tiles);
    }
}
