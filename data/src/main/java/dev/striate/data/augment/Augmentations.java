package dev.striate.data.augment;

import dev.striate.data.batch.Augmenter;
import dev.striate.data.batch.Preparation;
import dev.striate.data.batch.Sample;
import dev.striate.data.picture.Affine;
import dev.striate.data.picture.Picture;
import dev.striate.data.picture.Pictures;
import dev.striate.data.picture.Varied;
import dev.striate.data.set.DataSet;
import dev.striate.random.Draws;
import dev.striate.random.RandomStream;
import dev.striate.recipe.Augmentation.Mosaic;
import dev.striate.recipe.Augmentation.OfBatch;
import dev.striate.recipe.Augmentation.OfPicture;
import dev.striate.recipe.Augmentation.RandomCrop;
import dev.striate.recipe.Augmentation.RandomResizedCrop;
import dev.striate.recipe.Augmentation.ScaleJitter;
import dev.striate.recipe.Augmentation;
import java.util.ArrayList;
import java.util.List;

/// A recipe's augmentations of single pictures, in their order, and then those that join several.
///
/// Those that choose a size ([ScaleJitter], [RandomCrop], [RandomResizedCrop]) take the place of the preprocessing's fit:
/// they and what stands before them see the picture as decoded, the rest sees it at the network's size. Where there is
/// none of them, all see the picture as fitted for evaluation. Augmentations of whole batches are not done here.
public final class Augmentations implements Augmenter {
    private final Preparation preparation;
    private final List<Effect> decoded = new ArrayList<>();
    private final List<Effect> sized = new ArrayList<>();
    private double mosaic;

    private Augmentations(Preparation preparation, List<Augmentation> augmentations) {
        this.preparation = preparation;
        var lastSizing = -1;
        for (var i = 0; i < augmentations.size(); i++) if (choosesSize(augmentations.get(i))) lastSizing = i;
        for (var i = 0; i < augmentations.size(); i++) {
            switch (augmentations.get(i)) {
                case OfPicture each -> (i <= lastSizing ? decoded : sized).add(Effects.of(each, preparation.input()));
                case Mosaic(var probability) -> mosaic = probability;
                case OfBatch _ -> {
                }
            }
        }
    }

    public static Augmentations of(List<Augmentation> augmentations, Preparation preparation) {
        return new Augmentations(preparation, augmentations);
    }

    private static boolean choosesSize(Augmentation augmentation) {
        return augmentation instanceof ScaleJitter || augmentation instanceof RandomCrop
                || augmentation instanceof RandomResizedCrop;
    }

    @Override
    public Varied vary(Picture picture, Draws draws) {
        var channels = preparation.input().channels();
        var varied = new Varied(Pictures.withChannels(picture, channels), Affine.IDENTITY);
        for (var effect : decoded) varied = effect.apply(varied, draws);
        varied = decoded.isEmpty() ? fitted(varied) : stretched(varied);
        for (var effect : sized) varied = effect.apply(varied, draws);
        return varied;
    }

    @Override
    public Sample sample(DataSet set, int index, RandomStream stream) {
        var own = stream.at("mosaic");
        if (mosaic == 0 || !own.at("chance").draws().chance(mosaic)) return Augmenter.super.sample(set, index, stream);
        return FourPictures.of(set, index, this, preparation.input(), own);
    }

    private Varied fitted(Varied varied) {
        return varied.moved(preparation.fit(varied.picture()), preparation.placement(varied.picture()));
    }

    /// What sizing left at another size than the input's.
    private Varied stretched(Varied varied) {
        var input = preparation.input();
        var fits = varied.picture().width() == input.width() && varied.picture().height() == input.height();
        return fits ? varied : varied.resized(input.width(), input.height());
    }
}
