package dev.striate.data.augment;

import dev.striate.data.picture.Affine;
import dev.striate.data.picture.Pictures;
import dev.striate.data.picture.Varied;
import dev.striate.graph.Shape;
import dev.striate.recipe.Augmentation.ColourJitter;
import dev.striate.recipe.Augmentation.Greyscale;
import dev.striate.recipe.Augmentation.HorizontalFlip;
import dev.striate.recipe.Augmentation.Lighting;
import dev.striate.recipe.Augmentation.OfPicture;
import dev.striate.recipe.Augmentation.PadCrop;
import dev.striate.recipe.Augmentation.PhotometricDistortion;
import dev.striate.recipe.Augmentation.RandomCrop;
import dev.striate.recipe.Augmentation.RandomErasing;
import dev.striate.recipe.Augmentation.RandomResizedCrop;
import dev.striate.recipe.Augmentation.Rotation;
import dev.striate.recipe.Augmentation.ScaleJitter;
import dev.striate.recipe.Augmentation.Scaling;
import dev.striate.recipe.Augmentation.Shear;
import dev.striate.recipe.Augmentation.Translation;
import dev.striate.recipe.Augmentation.VerticalFlip;

/// The effect of each augmentation of a picture.
final class Effects {
    private Effects() {}

    static Effect of(OfPicture augmentation, Shape input) {
        return switch (augmentation) {
            case Greyscale(var probability) -> sometimes(probability, (varied, _) -> grey(varied));
            case HorizontalFlip(var probability) -> sometimes(probability, (varied, _) -> mirrored(varied));
            case VerticalFlip(var probability) -> sometimes(probability, (varied, _) -> upsideDown(varied));
            case RandomCrop(var size) -> (varied, draws) -> Crops.anywhere(varied, size, draws);
            case PadCrop(var padding) -> (varied, draws) -> Crops.padded(varied, padding, draws);
            case RandomResizedCrop crop -> (varied, draws) -> ResizedCrops.crop(varied, crop, input.size(), draws);
            case ScaleJitter jitter -> (varied, draws) -> Crops.jittered(varied, jitter, draws);
            case ColourJitter jitter -> (varied, draws) -> Colours.jitter(varied, jitter, draws);
            case PhotometricDistortion distortion -> (varied, draws) -> Colours.distort(varied, distortion, draws);
            case Lighting(var deviation) -> (varied, draws) -> Colours.light(varied, deviation, draws);
            case Translation(var share) -> (varied, draws) -> Warps.translate(varied, share, draws);
            case Rotation(var degrees) -> (varied, draws) -> Warps.rotate(varied, degrees, draws);
            case Scaling(var min, var max) -> (varied, draws) -> Warps.scale(varied, min, max, draws);
            case Shear(var degrees) -> (varied, draws) -> Warps.shear(varied, degrees, draws);
            case RandomErasing erasing -> sometimes(erasing.probability(),
                    (varied, draws) -> Erasing.erase(varied, erasing, draws));
        };
    }

    private static Effect sometimes(double probability, Effect effect) {
        return (varied, draws) -> draws.chance(probability) ? effect.apply(varied, draws) : varied;
    }

    private static Varied grey(Varied varied) {
        return varied.coloured(Pictures.withChannels(Pictures.grey(varied.picture()), varied.picture().channels()));
    }

    private static Varied mirrored(Varied varied) {
        var width = varied.picture().width();
        return varied.moved(Pictures.mirrored(varied.picture()), new Affine(-1, 0, width, 0, 1, 0));
    }

    private static Varied upsideDown(Varied varied) {
        var height = varied.picture().height();
        return varied.moved(Pictures.upsideDown(varied.picture()), new Affine(1, 0, 0, 0, -1, height));
    }
}
