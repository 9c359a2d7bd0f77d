package dev.striate.recipe;

import static dev.striate.recipe.Augmentation.horizontalFlip;
import static dev.striate.recipe.Augmentation.randomResizedCrop;

import dev.striate.graph.Size;
import dev.striate.recipe.Augmentation.ColourJitter;
import dev.striate.recipe.Augmentation.Lighting;
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
import dev.striate.recipe.Clipping.ByNorm;
import dev.striate.recipe.Optimizer.RmsProp;
import dev.striate.recipe.Schedule.Exponential;
import dev.striate.recipe.Schedule.Milestone;
import dev.striate.recipe.Schedule.MultiStep;
import dev.striate.recipe.Schedule.Polynomial;
import dev.striate.recipe.Views.Crops;
import dev.striate.recipe.Views.MultiCrop;
import dev.striate.region.AnchorAssignment;
import dev.striate.region.Proposals;
import dev.striate.region.RegionLosses;
import dev.striate.region.RegionSampling;
import dev.striate.region.RegionTraining;
import dev.striate.region.SmoothL1;
import java.util.List;

/// The table of recipes; where a paper is silent, the comment says whose number stands in.
final class PaperRecipes {
    private static final Views TEN_CROP = new MultiCrop(List.of(256), Crops.CORNERS_AND_CENTRE, true);
    static final List<Recipe> ALL = List.of(quick(), lenet(), alexnet(), vgg(), googlenet(), inceptionV3(), resnet(),
            resnetCifar(), resnetCifarCycle(), wideResnet(), densenet(), densenetCifar(), darknet(), siamese(),
            triplets(), faces(), fcn(),
            fcnSmall(),
            yolo(),
            yoloSmall(),
            fasterRcnn(),
            fasterRcnnSmall(),
            localisation());

    private PaperRecipes() {}

    /// AdamW over one cycle (Smith and Topin 2017) to a rate of 0.003 in 5 epochs of batches of 64; decay 0.05 of
    /// weights only, smoothing 0.1, He's start, no augmentation. It trains deep networks without normalisation too, where
    /// SGD at the usual rate of 0.1 hardly starts.
    private static Recipe quick() {
        var descent = Optimization.of(Optimizer.adamW(), 3e-3, WeightDecay.ofWeights(0.05));
        var pace = Regime.of(TrainingLength.epochs(5), 64, Schedule.oneCycle());
        return Recipe.of("quick", descent, pace, List.of(), Start.of(new Initialisation.HeFanIn()))
                .withLoss(Loss.crossEntropy(0.1));
    }

    /// LeCun et al. 1998, §III-A and appendix C: 20 passes whose rates go 5, 2, 1, 0.5, 0.1 from passes 0, 2, 5, 8, 12.
    /// Theirs are the global rates of a diagonal second-order method on single patterns; here the same falls start from
    /// 0.05 for plain SGD on batches of 16, weights from "Efficient BackProp", and cross entropy on the ten outputs
    /// replaces the paper's penalties.
    private static Recipe lenet() {
        var falls = new MultiStep(List.of(fall(2, 0.4), fall(5, 0.5), fall(8, 0.5), fall(12, 0.2)));
        var descent = Optimization.of(Optimizer.sgd(0), 0.05, WeightDecay.NONE);
        var pace = Regime.of(TrainingLength.epochs(20), 16, falls);
        return Recipe.of("lenet", descent, pace, List.of(), Start.of(new Initialisation.LeCunUniform()));
    }

    private static Milestone fall(int epoch, double factor) {
        return new Milestone(TrainingLength.epochs(epoch), factor);
    }

    /// Krizhevsky et al. 2012, §4.1 and §5: batch 128, momentum 0.9, decay 5e-4, rate 0.01 ÷10 when the validation error
    /// stops improving, about 90 passes, Gaussian 0.01; crops from 256, mirror images, lighting 0.1; ten crops at test.
    /// Its biases of 1 in some layers are left at 0.
    private static Recipe alexnet() {
        var descent = Optimization.of(Optimizer.sgd(0.9), 0.01, WeightDecay.ofAll(5e-4));
        var pace = Regime.of(TrainingLength.epochs(90), 128, Schedule.plateau());
        var augmentations = List.<Augmentation>of(new ScaleJitter(256, 256), new RandomCrop(Size.square(227)),
                horizontalFlip(), new Lighting(0.1));
        return Recipe.of("alexnet", descent, pace, augmentations, Start.of(new Initialisation.Gaussian(0.01)))
                .withViews(TEN_CROP);
    }

    /// Simonyan and Zisserman 2014, §3.1: batch 256, momentum 0.9, decay 5e-4, rate 0.01 ÷10 on plateau, 74 epochs, the
    /// side S in [256, 512], crops of 224, mirror images, AlexNet's colours; Xavier (Glorot), which they note does too.
    private static Recipe vgg() {
        var descent = Optimization.of(Optimizer.sgd(0.9), 0.01, WeightDecay.ofAll(5e-4));
        var pace = Regime.of(TrainingLength.epochs(74), 256, Schedule.plateau());
        var augmentations = List.<Augmentation>of(new ScaleJitter(256, 512), new RandomCrop(Size.square(224)),
                horizontalFlip(), new Lighting(0.1));
        return Recipe.of("vgg", descent, pace, augmentations, Start.of(new Initialisation.XavierUniform()))
                .withViews(new Views.Flip());
    }

    /// Szegedy et al. 2014, §5 to §7: momentum 0.9, ×0.96 each 8 epochs, Polyak's average, heads 0.3, crops of 8-100 %,
    /// Howard's distortions, 144 crops at test. Rate 0.01, batch 32, decay 2e-4, 250 epochs, Xavier: BVLC's replication;
    /// the paper names none of them. Its asynchronous updates are synchronous here.
    private static Recipe googlenet() {
        var descent = Optimization.of(Optimizer.sgd(0.9), 0.01, WeightDecay.ofAll(2e-4))
                .withAveraging(new Averaging.Polyak());
        var pace = Regime.of(TrainingLength.epochs(250), 32, new Exponential(TrainingLength.epochs(8), 0.96, true));
        var distortion = new PhotometricDistortion(0.125, 0.5, 0.5, 0.05, 0.5);
        return Recipe.of("googlenet", descent, pace, List.of(randomResizedCrop(), horizontalFlip(), distortion),
                Start.of(new Initialisation.XavierUniform()))
                .withViews(new MultiCrop(List.of(256, 288, 320, 352), Crops.SQUARES, true));
    }

    /// Szegedy et al. 2015, §8: RMSProp with decay 0.9 and ε 1, batch 32, 100 epochs, rate 0.045 ×0.94 each 2 epochs,
    /// gradients clipped at 2, an average of the weights evaluated; smoothing 0.1 (§7). The average's decay 0.9999, the
    /// weights' 4e-5 and the truncated normal 0.1 are those of the authors' code; its colour jitter too.
    private static Recipe inceptionV3() {
        var descent = Optimization.of(new RmsProp(0.9, 1, 0, false), 0.045, WeightDecay.ofAll(4e-5))
                .withClipping(new ByNorm(2)).withAveraging(new Averaging.Exponential(0.9999, true));
        var pace = Regime.of(TrainingLength.epochs(100), 32, new Exponential(TrainingLength.epochs(2), 0.94, true));
        var colours = new ColourJitter(0.125, 0.5, 0.5, 0.2);
        return Recipe.of("inception-v3", descent, pace, List.of(randomResizedCrop(), horizontalFlip(), colours),
                Start.of(new Initialisation.TruncatedNormal(0.1)))
                .withLoss(Loss.crossEntropy(0.1));
    }

    /// He et al. 2015, §3.4: batch 256, rate 0.1 ÷10 on plateau, decay 1e-4, momentum 0.9, 60·10⁴ steps (120 epochs), He,
    /// no dropout; the side in [256, 480], crops of 224, mirror images, AlexNet's colours; ten crops at test.
    private static Recipe resnet() {
        var descent = Optimization.of(Optimizer.sgd(0.9), 0.1, WeightDecay.ofAll(1e-4));
        var pace = Regime.of(TrainingLength.epochs(120), 256, Schedule.plateau());
        var augmentations = List.<Augmentation>of(new ScaleJitter(256, 480), new RandomCrop(Size.square(224)),
                horizontalFlip(), new Lighting(0.1));
        return Recipe.of("resnet", descent, pace, augmentations, Start.of(new Initialisation.HeFanIn()))
                .withViews(TEN_CROP);
    }

    /// He et al. 2015, §4.2: batch 128, rate 0.1 ÷10 at 32k and 48k of 64k steps, decay 1e-4, momentum 0.9, He; 4 pixels
    /// of padding, crop, mirror images; one view at test.
    private static Recipe resnetCifar() {
        var descent = Optimization.of(Optimizer.sgd(0.9), 0.1, WeightDecay.ofAll(1e-4));
        var falls = Schedule.multiStep(0.1, TrainingLength.steps(32_000), TrainingLength.steps(48_000));
        return Recipe.of("resnet-cifar", descent, Regime.of(TrainingLength.steps(64_000), 128, falls),
                List.of(new PadCrop(4), horizontalFlip()), Start.of(new Initialisation.HeFanIn()));
    }

    /// The same pictures in a tenth of the time: one cycle (Smith and Topin 2017) of 20 epochs to a rate of 0.2, Nesterov's
    /// momentum, decay 5e-4 as the wide residual networks have it.
    private static Recipe resnetCifarCycle() {
        return resnetCifar().withName("resnet-cifar-cycle")
                .withPace(Regime.of(TrainingLength.epochs(20), 128, Schedule.oneCycle()))
                .withDescent(Optimization.of(Optimizer.nesterov(0.9), 0.2, WeightDecay.ofAll(5e-4)));
    }

    /// Zagoruyko and Komodakis 2016, §3: 200 epochs of batches of 128, rate 0.1 ×0.2 at 60, 120 and 160, Nesterov 0.9,
    /// decay 5e-4, He; else as [#resnetCifar].
    private static Recipe wideResnet() {
        var falls = Schedule.multiStep(0.2, TrainingLength.epochs(60), TrainingLength.epochs(120),
                TrainingLength.epochs(160));
        return resnetCifar().withName("wide-resnet").withPace(Regime.of(TrainingLength.epochs(200), 128, falls))
                .withDescent(Optimization.of(Optimizer.nesterov(0.9), 0.1, WeightDecay.ofAll(5e-4)));
    }

    /// Huang et al. 2017, §4.2, ImageNet: batch 256, 90 epochs, rate 0.1 ÷10 at 30 and 60, Nesterov 0.9, decay 1e-4, He;
    /// the augmentation of the ResNet code that they name: random resized crops, mirror images, colours.
    private static Recipe densenet() {
        var descent = Optimization.of(Optimizer.nesterov(0.9), 0.1, WeightDecay.ofAll(1e-4));
        var falls = Schedule.multiStep(0.1, TrainingLength.epochs(30), TrainingLength.epochs(60));
        var augmentations = List.<Augmentation>of(randomResizedCrop(), horizontalFlip(),
                new ColourJitter(0.4, 0.4, 0.4, 0),
                new Lighting(0.1));
        return Recipe.of("densenet", descent, Regime.of(TrainingLength.epochs(90), 256, falls), augmentations,
                Start.of(new Initialisation.HeFanIn()));
    }

    /// Huang et al. 2017, §4.2, CIFAR: batch 64, 300 epochs, ÷10 at half and three quarters; else as [#densenet].
    private static Recipe densenetCifar() {
        var falls = Schedule.multiStep(0.1, TrainingLength.epochs(150), TrainingLength.epochs(225));
        return densenet().withName("densenet-cifar").withPace(Regime.of(TrainingLength.epochs(300), 64, falls))
                .withAugmentations(List.of(new PadCrop(4), horizontalFlip()));
    }

    /// Redmon and Farhadi 2017, §3: 160 epochs, rate 0.1, polynomial of power 4, decay 5e-4, momentum 0.9;
    /// crops, rotations, hue, saturation and exposure shifts, whose sizes and batch 128 are those of its darknet19.cfg.
    private static Recipe darknet() {
        var descent = Optimization.of(Optimizer.sgd(0.9), 0.1, WeightDecay.ofAll(5e-4));
        var augmentations = List.<Augmentation>of(new Rotation(7), new RandomResizedCrop(0.33, 1, 0.75, 4.0 / 3, false),
                horizontalFlip(), new ColourJitter(0.75, 0, 0.75, 0.1));
        return Recipe.of("darknet", descent, Regime.of(TrainingLength.epochs(160), 128, new Polynomial(4)),
                augmentations,
                Start.of(new Initialisation.HeFanIn()));
    }

    /// Koch et al. 2015, §3.2: cross entropy of pairs, 128 in a batch, rates down 1 % an epoch, at most 200 epochs;
    /// rotations ±10°, shears ±0.3 (17°), scales 0.8-1.2, shifts ±2 of 105 pixels (§3.3). Their searched rates, momenta
    /// and decays differ from layer to layer and are not published: 0.01, 0.9 and 2e-4 stand in.
    private static Recipe siamese() {
        var descent = Optimization.of(Optimizer.sgd(0.9), 0.01, WeightDecay.ofAll(2e-4));
        var pace = Regime.of(TrainingLength.epochs(200), 256, new Exponential(TrainingLength.epochs(1), 0.99, true));
        var distortions = List.<Augmentation>of(new Rotation(10), new Shear(17), new Scaling(0.8, 1.2),
                new Translation(0.02));
        return Recipe.of("siamese", descent, pace, distortions, Start.of(new Initialisation.Gaussian(0.01)))
                .withObjective(new Objective.Pairs(new Loss.BinaryCrossEntropy(), 0.5));
    }

    /// Schroff et al. 2015, §3.2, in small: margin 0.2, semi-hard negatives. Batches of 32 identities and 4 pictures, AdamW
    /// over one cycle to 0.002 and slight turns, shears, scales and shifts are ours.
    private static Recipe triplets() {
        var descent = Optimization.of(Optimizer.adamW(), 2e-3, WeightDecay.ofWeights(1e-2));
        var pace = Regime.of(TrainingLength.epochs(40), 128, Schedule.oneCycle());
        var distortions = List.<Augmentation>of(new Rotation(10), new Shear(10), new Scaling(0.85, 1.15),
                new Translation(0.05));
        return Recipe.of("triplets", descent, pace, distortions, Start.of(new Initialisation.HeFanIn()))
                .withObjective(Objective.triplets());
    }

    /// The same for faces of few people, which are few pictures: batches of 16 people, 300 epochs, and mirror images, other
    /// light and hidden parts beside the distortions.
    private static Recipe faces() {
        var base = triplets();
        var distortions = List.<Augmentation>of(horizontalFlip(), new Rotation(12), new Shear(8),
                new Scaling(0.85, 1.2),
                new Translation(0.07), new ColourJitter(0.3, 0.3, 0, 0), new RandomErasing(0.5, 0.02, 0.2, 0.3, 3.3));
        return base.withName("faces").withAugmentations(distortions)
                .withPace(base.pace().withLength(TrainingLength.epochs(300)).withBatch(64));
    }

    /// Long et al. 2015, §4.3: batch 20, momentum 0.9, decay 5e-4, a fixed rate of 1e-4 on pretrained VGG-16, 175 epochs;
    /// mirror images are all its augmentation, and did not help.
    private static Recipe fcn() {
        var descent = Optimization.of(Optimizer.sgd(0.9), 1e-4, WeightDecay.ofAll(5e-4));
        return Recipe.of("fcn", descent, Regime.of(TrainingLength.epochs(175), 20, new Schedule.Constant()),
                List.of(horizontalFlip()), Start.of(new Initialisation.XavierUniform()))
                .withObjective(new Objective.Pixels(Loss.crossEntropy()));
    }

    /// For small FCNs from nothing: AdamW over one cycle to 0.004 in batches of 8, decay of weights only, mirror images. One
    /// epoch, of the many pictures that drawing gives; fewer want more.
    private static Recipe fcnSmall() {
        var descent = Optimization.of(Optimizer.adamW(), 4e-3, WeightDecay.ofWeights(0.01));
        return Recipe.of("fcn-small", descent, Regime.of(TrainingLength.epochs(1), 8, Schedule.oneCycle()),
                List.of(horizontalFlip()), Start.of(new Initialisation.HeFanIn()))
                .withObjective(new Objective.Pixels(Loss.crossEntropy()));
    }

    /// Redmon and Farhadi 2017, §2, and 2018, §2.3: batches of 64, rate 0.001, momentum 0.9, decay 5e-4; shifts, scales,
    /// mirror images, hue, saturation and exposure; another size of input each 10 steps. Their 160 epochs on VOC, and 1,000
    /// steps of burn-in of power 4.
    private static Recipe yolo() {
        var descent = Optimization.of(Optimizer.sgd(0.9), 1e-3, WeightDecay.ofWeights(5e-4));
        var falls = Schedule.multiStep(0.1, TrainingLength.epochs(60), TrainingLength.epochs(90));
        var pace = Regime.of(TrainingLength.epochs(160), 64, falls)
                .withWarmUp(WarmUp.burnIn(TrainingLength.steps(1000))).withSizes(InputSizes.random());
        return Recipe.of("yolo", descent, pace, List.of(horizontalFlip(), new Translation(0.2), new Scaling(0.8, 1.25),
                new ColourJitter(0.5, 0, 0.5, 0.1)), Start.of(new Initialisation.HeFanIn()))
                .withObjective(new Objective.Yolo());
    }

    /// For small YOLOs from nothing, and fine-tuning: AdamW over one cycle to 0.004 in 8 epochs of batches of 16, decay of
    /// weights only, shifts, scales and mirror images.
    private static Recipe yoloSmall() {
        var descent = Optimization.of(Optimizer.adamW(), 4e-3, WeightDecay.ofWeights(0.05));
        return Recipe.of("yolo-small", descent, Regime.of(TrainingLength.epochs(8), 16, Schedule.oneCycle()),
                List.of(horizontalFlip(), new Translation(0.1), new Scaling(0.8, 1.25)),
                Start.of(new Initialisation.HeFanIn()))
                .withObjective(new Objective.Yolo());
    }

    /// Ren et al. 2015, §3.1.3: a picture a step, rate 0.001 and a tenth of it for the last quarter of 80,000 steps, momentum
    /// 0.9, decay 5e-4, mirror images; what is new starts at a deviation of 0.01. Approximate joint training.
    private static Recipe fasterRcnn() {
        var descent = Optimization.of(Optimizer.sgd(0.9), 1e-3, WeightDecay.ofWeights(5e-4));
        var falls = Schedule.multiStep(0.1, TrainingLength.steps(60_000));
        return Recipe.of("faster-rcnn", descent, Regime.of(TrainingLength.steps(80_000), 1, falls),
                List.of(horizontalFlip()), Start.of(new Initialisation.Gaussian(0.01)))
                .withObjective(new Objective.Regions(RegionTraining.fasterRcnn()));
    }

    /// For small detectors with regions from nothing: AdamW over one cycle to 0.002 in 6 epochs of batches of 8, of which the
    /// head sees 32 regions of each picture; shifts, scales and mirror images.
    private static Recipe fasterRcnnSmall() {
        var descent = Optimization.of(Optimizer.adamW(), 2e-3, WeightDecay.ofWeights(0.05));
        var training = new RegionTraining(new AnchorAssignment(0.6, 0.3, 64, 0.5, true),
                new Proposals(1000, 0.7, 200, 5), RegionSampling.fasterRcnn(32), new RegionLosses(1, new SmoothL1(1)),
                RegionLosses.ofHead());
        return Recipe.of("faster-rcnn-small", descent, Regime.of(TrainingLength.epochs(6), 8, Schedule.oneCycle()),
                List.of(horizontalFlip(), new Translation(0.1), new Scaling(0.8, 1.25)),
                Start.of(new Initialisation.HeFanIn()))
                .withObjective(new Objective.Regions(training));
    }

    /// For a class and a box from nothing: AdamW over one cycle to 0.003 in 30 epochs of batches of 32; mirror images and
    /// shifts of a tenth, with which boxes move.
    private static Recipe localisation() {
        var descent = Optimization.of(Optimizer.adamW(), 3e-3, WeightDecay.ofWeights(0.05));
        return Recipe.of("localisation", descent, Regime.of(TrainingLength.epochs(30), 32, Schedule.oneCycle()),
                List.of(horizontalFlip(), new Translation(0.1)), Start.of(new Initialisation.HeFanIn()))
                .withObjective(Objective.classAndBox());
    }
}
