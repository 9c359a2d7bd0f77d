package dev.striate.recipe;

import dev.striate.StriateException;
import dev.striate.graph.Size;
import dev.striate.recipe.Augmentation.RandomCrop;
import dev.striate.recipe.Augmentation.ScaleJitter;
import dev.striate.recipe.Views.MultiCrop;
import dev.striate.json.Json;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// The recipes of the papers by name, and `quick`, one of today's for small data.
public final class Recipes {
    /// Sides up to this many pixels are CIFAR's kind of picture, for which some papers have a recipe of its own.
    private static final int SMALL = 64;
    private static final int USUAL_CROP = 224;
    /// The input of YOLO v2, in whose middle its paper's sizes lie.
    private static final double USUAL_DETECTOR = 416;

    private Recipes() {}

    /// Reads a recipe from its JSON.
    public static Recipe read(String json, String source) {
        var tree = Json.object(json, source);
        modernise(tree);
        return Json.read(tree, Recipe.class, source);
    }

    /// Brings a recipe's JSON of a time when all objectives were of classes into today's form.
    public static void modernise(ObjectNode recipe) {
        if (recipe.get("objective") instanceof ObjectNode objective && objective.has("auxiliaryWeight")) {
            recipe.putObject("objective").set("Classes", objective);
        }
    }

    /// All recipes.
    public static List<Recipe> all() {
        return PaperRecipes.ALL;
    }

    /// The recipe of this name; refuses an unknown one.
    public static Recipe recipe(String name) {
        return all().stream()
                .filter(recipe -> recipe.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new StriateException("There is no recipe '" + name + "'; expected one of "
                        + String.join(", ", all().stream().map(Recipe::name).toList()) + "."));
    }

    /// The recipe of the paper that a network of the zoo comes from, for inputs of this size; `quick` where it has none, or is built as today's LeNet-5.
    public static Recipe forNetwork(String network, Size input) {
        var small = Math.max(input.height(), input.width()) <= SMALL;
        var family = network.equals("lenet5") ? "quick" : network.replaceAll("[^a-z].*", "");
        var recipe = recipe(network.matches("fcn\\d+s_small") ? "fcn-small"
                : network.matches("yolov\\d_small") ? "yolo-small"
                        : network.matches("fast(er)?_rcnn_small") ? "faster-rcnn-small" : recipeName(family, small));
        if (recipe.name().equals("resnet-cifar") && network.matches("[a-z]+(110|164|1001).*")) {
            recipe = recipe.withPace(recipe.pace().withWarmUp(deepStart()));
        }
        // The first YOLO's fully connected layers know one size.
        if (network.startsWith("yolov1")) recipe = recipe.withPace(recipe.pace().withSizes(new InputSizes.Own()));
        return forInput(recipe, input);
    }

    private static String recipeName(String family, boolean small) {
        return switch (family) {
            case "lenet" -> "lenet";
            case "alexnet", "zfnet", "nin" -> "alexnet";
            case "vgg" -> "vgg";
            case "googlenet" -> "googlenet";
            case "inception", "bn" -> "inception-v3";
            case "resnet", "resnetv", "preresnet", "resnext", "plain", "wide" -> small ? "resnet-cifar" : "resnet";
            case "wrn" -> "wide-resnet";
            case "densenet" -> small ? "densenet-cifar" : "densenet";
            case "darknet" -> "darknet";
            case "yolo", "yolov" -> "yolo";
            case "siamese" -> "siamese";
            case "embedding" -> "triplets";
            case "fcn" -> "fcn";
            case "fast", "faster" -> "faster-rcnn";
            default -> "quick";
        };
    }

    /// The 110-layer network's first 400 steps rise from a tenth of the rate; in the paper they stay there (He et al. 2015,
    /// §4.2).
    private static WarmUp deepStart() {
        return WarmUp.linear(TrainingLength.steps(400), 0.1);
    }

    /// The recipe with crops of the input's size, and the sides that they are cut from and the paper's sizes of input in
    /// proportion.
    public static Recipe forInput(Recipe recipe, Size input) {
        var side = Math.min(input.height(), input.width());
        var scale = (double) side / recipe.augmentations().stream()
                .mapToInt(a -> a instanceof RandomCrop(Size size) ? Math.min(size.height(), size.width()) : 0)
                .filter(crop -> crop > 0)
                .findFirst()
                .orElse(USUAL_CROP);
        var augmentations = recipe.augmentations().stream().map(a -> forInput(a, input, scale)).toList();
        return recipe.withAugmentations(augmentations).withViews(forInput(recipe.views(), scale))
                .withPace(recipe.pace().withSizes(forInput(recipe.pace().sizes(), side)));
    }

    private static Augmentation forInput(Augmentation augmentation, Size input, double scale) {
        if (augmentation instanceof RandomCrop) return new RandomCrop(input);
        if (augmentation instanceof ScaleJitter(int min, int max)) {
            return new ScaleJitter(scaled(min, scale), scaled(max, scale));
        }
        return augmentation;
    }

    private static Views forInput(Views views, double scale) {
        return switch (views) {
            case Views.One one -> one;
            case Views.Flip flip -> flip;
            case MultiCrop(var sides, var crops, var flips) ->
                new MultiCrop(sides.stream().map(side -> scaled(side, scale)).toList(), crops, flips);
        };
    }

    /// The paper's sizes in proportion to another input; other ones are somebody's own.
    private static InputSizes forInput(InputSizes sizes, int side) {
        if (!sizes.equals(InputSizes.random())) return sizes;
        var paper = InputSizes.random();
        var unit = USUAL_DETECTOR * paper.step() / side;
        return new InputSizes.Random((int) Math.max(1, Math.round(paper.smallest() / unit)) * paper.step(),
                (int) Math.max(1, Math.round(paper.largest() / unit)) * paper.step(), paper.step(), paper.every());
    }

    private static int scaled(int side, double scale) {
        return (int) Math.ceil(side * scale);
    }

    /// The recipe for a run of so many epochs: milestones, stairs and warm-up that count in the unit of the run's length
    /// stay at the same shares of it, and the recipe's name says so.
    public static Recipe inEpochs(Recipe recipe, double epochs) {
        return Lengths.inEpochs(recipe, epochs);
    }

    /// The settings in which two recipes differ.
    public static List<Difference> differences(Recipe first, Recipe second) {
        return FlatSettings.differences(first, second);
    }

    /// The recipe as text, one setting to a line.
    public static String describe(Recipe recipe) {
        return FlatSettings.describe(recipe);
    }
}
