package dev.striate.vision.classify;

import dev.striate.StriateException;
import dev.striate.data.batch.Preparation;
import dev.striate.data.picture.Picture;
import dev.striate.data.picture.Pictures;
import dev.striate.data.set.DataSet;
import dev.striate.data.set.Wrapped;
import dev.striate.graph.Size;
import dev.striate.recipe.Views;
import dev.striate.recipe.Views.Crops;
import dev.striate.recipe.Views.MultiCrop;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// A set of which each picture stands as many times as there are views of it, one view after another, each of the
/// network's input size.
final class Viewed implements Wrapped {
    private final DataSet whole;
    private final Preparation preparation;
    private final List<Function<Picture, Picture>> views;

    Viewed(DataSet whole, Preparation preparation, Views views) {
        this.whole = whole;
        this.preparation = preparation;
        this.views = switch (views) {
            case Views.One _ -> List.of(preparation::fit);
            case Views.Flip _ -> withMirrorImages(List.of(preparation::fit));
            case MultiCrop(var sides, var crops, var flips) -> {
                var all = sides.stream().flatMap(side -> crops(side, crops).stream()).toList();
                yield flips ? withMirrorImages(all) : all;
            }
        };
    }

    private static List<Function<Picture, Picture>> withMirrorImages(List<Function<Picture, Picture>> views) {
        var all = new ArrayList<>(views);
        for (var view : views) all.add(picture -> Pictures.mirrored(view.apply(picture)));
        return all;
    }

    private List<Function<Picture, Picture>> crops(int side, Crops crops) {
        var input = preparation.input();
        if (side < Math.max(input.height(), input.width())) {
            throw new StriateException("Crops of " + input.width() + "×" + input.height()
                    + " expect a side at least as long; received " + side + ".");
        }
        Function<Picture, Picture> resized = picture -> {
            var size = Pictures.withShorterSide(picture.size(), side);
            return Pictures.resize(Pictures.withChannels(picture, input.channels()), size.width(), size.height());
        };
        var views = new ArrayList<Function<Picture, Picture>>();
        if (crops == Crops.CORNERS_AND_CENTRE) {
            for (var place = 0; place < 5; place++) views.add(resized.andThen(fifth(place)));
            return views;
        }
        for (var third = 0; third < 3; third++) {
            var square = resized.andThen(square(third));
            for (var place = 0; place < 5; place++) views.add(square.andThen(fifth(place)));
            views.add(square.andThen(picture -> Pictures.resize(picture, input.width(), input.height())));
        }
        return views;
    }

    /// The top left corner, the top right, the two at the bottom, the middle.
    private Function<Picture, Picture> fifth(int place) {
        var input = preparation.input();
        return picture -> {
            var right = picture.width() - input.width();
            var bottom = picture.height() - input.height();
            return Pictures.window(picture, place == 4 ? right / 2 : place % 2 * right,
                    place == 4 ? bottom / 2 : place / 2 * bottom, input.width(), input.height(), false);
        };
    }

    /// The left, middle or right square of a wide picture, the top, middle or bottom one of a high one.
    private static Function<Picture, Picture> square(int third) {
        return picture -> {
            var side = Math.min(picture.width(), picture.height());
            return Pictures.window(picture, (picture.width() - side) * third / 2,
                    (picture.height() - side) * third / 2, side, side, false);
        };
    }

    int viewsOfEach() {
        return views.size();
    }

    @Override
    public DataSet whole() {
        return whole;
    }

    @Override
    public int place(int index) {
        return index / views.size();
    }

    @Override
    public int size() {
        return Math.multiplyExact(whole.size(), views.size());
    }

    @Override
    public Size pictureSize(int index) {
        return preparation.input().size();
    }

    @Override
    public Picture picture(int index) {
        return views.get(index % views.size()).apply(whole.picture(place(index)));
    }
}
