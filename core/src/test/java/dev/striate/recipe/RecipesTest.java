package dev.striate.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.striate.StriateException;
import dev.striate.graph.Size;
import dev.striate.recipe.Augmentation.CutMix;
import dev.striate.recipe.Augmentation.HorizontalFlip;
import dev.striate.recipe.Augmentation.MixUp;
import dev.striate.recipe.Augmentation.PadCrop;
import dev.striate.recipe.Augmentation.RandomCrop;
import dev.striate.recipe.Augmentation.ScaleJitter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

class RecipesTest {
    static List<Recipe> all() {
        return Recipes.all();
    }

    @Test
    void hasTheRecipesOfThePapersByName() {
        assertThat(Recipes.all()).extracting(Recipe::name).doesNotHaveDuplicates()
                .contains("lenet", "alexnet", "vgg", "googlenet", "inception-v3", "resnet", "resnet-cifar", "densenet",
                        "darknet", "quick");
        assertThatThrownBy(() -> Recipes.recipe("vg")).isInstanceOf(StriateException.class)
                .hasMessageStartingWith("There is no recipe 'vg'; expected one of quick, lenet");
    }

    /// Name, pictures to a step, rate, decay, as the papers state them (the last decay: the authors' code).
    @ParameterizedTest
    @CsvSource({ "alexnet, 128, 0.01, 5e-4", "vgg, 256, 0.01, 5e-4", "resnet, 256, 0.1, 1e-4",
            "resnet-cifar, 128, 0.1, 1e-4", "resnet-cifar-cycle, 128, 0.2, 5e-4", "densenet, 256, 0.1, 1e-4",
            "densenet-cifar, 64, 0.1, 1e-4",
            "darknet, 128, 0.1, 5e-4", "inception-v3, 32, 0.045, 4e-5" })
    void statesThePapersNumbers(String name, int pictures, double rate, double decay) {
        var recipe = Recipes.recipe(name);

        assertThat(recipe.pace().picturesPerStep()).isEqualTo(pictures);
        assertThat(recipe.descent().rate()).isEqualTo(rate);
        assertThat(recipe.descent().decay()).isEqualTo(WeightDecay.ofAll(decay));
    }

    @Test
    void statesWhatIsParticularToEachPaper() {
        assertThat(Recipes.recipe("googlenet").descent().averaging()).isEqualTo(new Averaging.Polyak());
        assertThat(Recipes.recipe("googlenet").objective()).isEqualTo(new Objective.Classes(Loss.crossEntropy(), 0.3));
        assertThat(Recipes.recipe("googlenet").views().count()).isEqualTo(144);
        assertThat(Recipes.recipe("alexnet").views().count()).isEqualTo(10);
        assertThat(Recipes.recipe("inception-v3").objective())
                .isEqualTo(new Objective.Classes(Loss.crossEntropy(0.1), 0.3));
        assertThat(Recipes.recipe("vgg").start().weights()).isEqualTo(new Initialisation.XavierUniform());
        assertThat(Recipes.recipe("darknet").pace().schedule()).isEqualTo(new Schedule.Polynomial(4));
    }

    @ParameterizedTest
    @CsvSource({ "lenet5_paper, 32, lenet", "lenet5, 32, quick", "alexnet, 224, alexnet", "zfnet_wide, 224, alexnet",
            "vgg16_bn, 224, vgg",
            "googlenet, 224, googlenet", "inception_v4, 299, inception-v3", "bn_inception, 224, inception-v3",
            "resnet50, 224, resnet", "resnet20, 32, resnet-cifar", "plain34, 224, resnet", "resnetv2_50, 224, resnet",
            "preresnet164, 32, resnet-cifar", "wrn_28_10, 32, wide-resnet",
            "resnext50_32x4d, 224, resnet", "densenet121, 224, densenet", "densenet_bc100, 32, densenet-cifar",
            "darknet53, 256, darknet", "yolov3, 416, yolo", "yolov2_small, 128, yolo-small", "convnet, 32, quick",
            "siamese_koch, 105, siamese", "embedding_small, 28, triplets" })
    void knowsTheRecipeOfEachNetworksPaper(String network, int side, String expected) {
        assertThat(Recipes.forNetwork(network, Size.square(side)).name()).isEqualTo(expected);
    }

    @Test
    void warmsUpOnlyTheDeepestResNetsForCifar() {
        assertThat(Recipes.forNetwork("resnet110", Size.square(32)).pace().warmUp())
                .isEqualTo(WarmUp.linear(TrainingLength.steps(400), 0.1));
        assertThat(Recipes.forNetwork("preresnet1001", Size.square(32)).pace().warmUp())
                .isEqualTo(WarmUp.linear(TrainingLength.steps(400), 0.1));
        assertThat(Recipes.forNetwork("resnet20", Size.square(32)).pace().warmUp()).isEqualTo(WarmUp.NONE);
    }

    @Test
    void cutsCropsOfTheInputsSizeFromSidesInProportion() {
        var recipe = Recipes.forInput(Recipes.recipe("vgg"), Size.square(112));

        assertThat(recipe.augmentations()).contains(new ScaleJitter(128, 256), new RandomCrop(Size.square(112)));
        assertThat(Recipes.forInput(Recipes.recipe("vgg"), Size.square(224))).isEqualTo(Recipes.recipe("vgg"));
    }

    @Test
    void findsNoDifferenceBetweenEqualRecipes() {
        assertThat(Recipes.differences(Recipes.recipe("vgg"), Recipes.recipe("vgg"))).isEmpty();
    }

    @Test
    void namesEachSettingThatDiffers() {
        var a = Recipes.recipe("resnet-cifar");
        var b = a.withDescent(a.descent().withRate(0.05).withOptimizer(Optimizer.adam()))
                .withAugmentations(List.of(new PadCrop(2), new HorizontalFlip(0.5), new MixUp(0.2)));

        assertThat(Recipes.differences(a, b)).containsExactlyInAnyOrder(
                new Difference("descent.optimizer", "Sgd", "Adam"),
                new Difference("descent.optimizer.momentum", 0.9, null),
                new Difference("descent.optimizer.nesterov", false, null),
                new Difference("descent.optimizer.dampening", 0.0, null),
                new Difference("descent.optimizer.beta1", null, 0.9),
                new Difference("descent.optimizer.beta2", null, 0.999),
                new Difference("descent.optimizer.epsilon", null, 1e-8),
                new Difference("descent.rate", 0.1, 0.05),
                new Difference("augmentations", List.of("PadCrop", "HorizontalFlip"),
                        List.of("PadCrop", "HorizontalFlip", "MixUp")),
                new Difference("augmentations.PadCrop.padding", 4, 2),
                new Difference("augmentations.MixUp.alpha", null, 0.2));
    }

    @Test
    void tellsTwoAugmentationsOfAKindApart() {
        var recipe = Recipes.recipe("quick").withAugmentations(List.of(new PadCrop(1), new PadCrop(2)));

        assertThat(FlatSettings.of(recipe)).containsEntry("augmentations.PadCrop.padding", 1)
                .containsEntry("augmentations.PadCrop2.padding", 2);
    }

    @Test
    void printsASettingToALine() {
        var lines = Recipes.describe(Recipes.recipe("vgg")).lines().toList();

        assertThat(lines.getFirst()).matches("name +vgg");
        assertThat(lines).anyMatch(line -> line.matches("descent.optimizer.momentum +0.9"))
                .anyMatch(line -> line.matches("pace.length +74 epochs"))
                .anyMatch(line -> line.matches("augmentations.RandomCrop.size +224×224"));
    }

    @ParameterizedTest
    @MethodSource("all")
    void survivesJson(Recipe recipe) {
        var mapper = typed(Optimizer.class, Clipping.class, Averaging.class, Schedule.class, Loss.class,
                Loss.OfClasses.class, Loss.OfValues.class, Objective.class,
                Augmentation.class, Views.class, Initialisation.class, InputSizes.class);
        var changed = recipe.withAugmentations(
                Stream.concat(recipe.augmentations().stream(), Stream.of(new CutMix(1))).toList());

        assertThat(mapper.readValue(mapper.writeValueAsString(changed), Recipe.class)).isEqualTo(changed);
    }

    /// JSON with the simple name of each value of a sealed family beside its settings.
    private static JsonMapper typed(Class<?>... families) {
        var builder = JsonMapper.builder();
        for (var family : families) builder.addMixIn(family, Kind.class);
        return builder.build();
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "kind")
    private interface Kind {}
}
