package dev.striate.recipe;

import dev.striate.graph.Size;

/// A random change to what training sees; boxes and masks follow the picture.
///
/// These are settings only; the data module gives them their effect. Shares are of 1, angles in degrees, sides in pixels.
public sealed interface Augmentation {

    /// A change to one picture by itself.
    sealed interface OfPicture extends Augmentation {}

    /// A change that makes one picture of several of a data set, and puts their boxes together.
    sealed interface OfSet extends Augmentation {}

    /// A change that mixes the pictures of a batch, and their labels.
    sealed interface OfBatch extends Augmentation {}

    /// Grey in all channels, with this probability.
    record Greyscale(double probability) implements OfPicture {
        public Greyscale {
            Expect.probability("The probability of grey", probability);
        }
    }

    /// Left to right, with this probability.
    record HorizontalFlip(double probability) implements OfPicture {
        public HorizontalFlip {
            Expect.probability("The probability of a horizontal flip", probability);
        }
    }

    /// Top to bottom, with this probability.
    record VerticalFlip(double probability) implements OfPicture {
        public VerticalFlip {
            Expect.probability("The probability of a vertical flip", probability);
        }
    }

    /// A part of this size from anywhere in the picture.
    record RandomCrop(Size size) implements OfPicture {
        public RandomCrop {
            Expect.that(Math.min(size.height(), size.width()) >= 1, "A crop", "at least 1×1", size);
        }
    }

    /// Zeros on all sides, then a part of the original size (He et al. 2015, §4.2: 4 pixels).
    record PadCrop(int padding) implements OfPicture {
        public PadCrop {
            Expect.notNegative("The padding before a crop", padding);
        }
    }

    /// A part with a random share of the area and a random aspect (width by height, log-uniform), resized to the
    /// network's input, by a random interpolation if asked (Szegedy et al. 2014, §6: area 8-100 %, aspect ¾-4/3).
    record RandomResizedCrop(
            double minArea, double maxArea, double minAspect, double maxAspect, boolean randomInterpolation)
            implements
            OfPicture {
        public RandomResizedCrop {
            Expect.range("The area of a crop", minArea, maxArea);
            Expect.that(maxArea <= 1, "The area of a crop", "at most the whole picture (1)", maxArea);
            Expect.range("The aspect of a crop", minAspect, maxAspect);
        }
    }

    /// Brightness, contrast and saturation each by a factor in [1 − x, 1 + x] (never below 0), the hue turned by up to
    /// ±`hue` of the circle, in a random order.
    record ColourJitter(double brightness, double contrast, double saturation, double hue) implements OfPicture {
        public ColourJitter {
            Expect.notNegative("The jitter of brightness", brightness);
            Expect.notNegative("The jitter of contrast", contrast);
            Expect.notNegative("The jitter of saturation", saturation);
            Expect.that(hue >= 0 && hue <= 0.5, "The jitter of hue", "a number in [0, 0.5]", hue);
        }
    }

    /// Adds to each pixel the principal components of ImageNet's colours times normal numbers of this deviation
    /// (Krizhevsky et al. 2012, §4.1: 0.1).
    record Lighting(double deviation) implements OfPicture {
        public Lighting {
            Expect.positive("The deviation of lighting", deviation);
        }
    }

    /// [ColourJitter]'s changes, each made only with this `probability`, the contrast before or behind the colours
    /// (Howard 2013; Liu et al. 2016, §2.2).
    record PhotometricDistortion(
            double brightness, double contrast, double saturation, double hue, double probability)
            implements
            OfPicture {
        public PhotometricDistortion {
            new ColourJitter(brightness, contrast, saturation, hue);
            Expect.probability("The probability of a distortion", probability);
        }
    }

    /// Moves by up to ± this share of each side.
    record Translation(double share) implements OfPicture {
        public Translation {
            Expect.share("The share of a translation", share);
        }
    }

    /// Turns by up to ± this angle about the centre.
    record Rotation(double degrees) implements OfPicture {
        public Rotation {
            Expect.that(degrees >= 0 && degrees <= 180, "A rotation", "an angle in [0, 180]°", degrees);
        }
    }

    /// Enlarges about the centre by a factor in this range; the picture keeps its size.
    record Scaling(double min, double max) implements OfPicture {
        public Scaling {
            Expect.range("The factor of a scaling", min, max);
        }
    }

    /// Slants horizontally by up to ± this angle about the centre.
    record Shear(double degrees) implements OfPicture {
        public Shear {
            Expect.that(degrees >= 0 && degrees < 90, "A shear", "an angle in [0, 90)°", degrees);
        }
    }

    /// Resizes the shorter side to a random number of pixels in this range (Simonyan and Zisserman 2014, §3.1); a
    /// fixed S has both ends equal.
    record ScaleJitter(int minSide, int maxSide) implements OfPicture {
        public ScaleJitter {
            Expect.range("The shorter side", minSide, maxSide);
        }
    }

    /// With this probability fills a rectangle of a random share of the area and a random aspect with noise (Zhong et
    /// al. 2017, §3: 0.02-0.4, 0.3-3.3).
    record RandomErasing(double probability, double minArea, double maxArea, double minAspect, double maxAspect)
            implements
            OfPicture {
        public RandomErasing {
            Expect.probability("The probability of an erasure", probability);
            Expect.range("The area of an erasure", minArea, maxArea);
            Expect.that(maxArea <= 1, "The area of an erasure", "at most the whole picture (1)", maxArea);
            Expect.range("The aspect of an erasure", minAspect, maxAspect);
        }
    }

    /// With this probability four pictures, each varied by itself, fill the four parts about a random point of one picture;
    /// for objects with boxes (Bochkovskiy et al. 2020, §3.4).
    record Mosaic(double probability) implements OfSet {
        public Mosaic {
            Expect.probability("The probability of a mosaic", probability);
        }
    }

    /// `λx + (1 − λ)x'` with λ from Beta(α, α), labels likewise (Zhang et al. 2018, eq. 1).
    record MixUp(double alpha) implements OfBatch {
        public MixUp {
            Expect.positive("The alpha of mix-up", alpha);
        }
    }

    /// A rectangle of another picture with an area of 1 − λ, λ from Beta(α, α), labels by area (Yun et al. 2019, §3.1).
    record CutMix(double alpha) implements OfBatch {
        public CutMix {
            Expect.positive("The alpha of cut-mix", alpha);
        }
    }

    /// GoogLeNet's crop: 8-100 % of the area, an aspect of ¾-4/3, random interpolation.
    static RandomResizedCrop randomResizedCrop() {
        return new RandomResizedCrop(0.08, 1, 3.0 / 4, 4.0 / 3, true);
    }

    /// Half of the pictures, left to right.
    static HorizontalFlip horizontalFlip() {
        return new HorizontalFlip(0.5);
    }
}
