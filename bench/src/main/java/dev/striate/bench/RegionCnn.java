package dev.striate.bench;

import dev.striate.data.picture.SelectiveSearch;
import dev.striate.data.region.ProposedBoxes;
import dev.striate.data.region.RegionSet;
import dev.striate.data.region.Warp;
import dev.striate.data.set.DataSet;
import dev.striate.data.set.DataSets;
import dev.striate.data.set.Splits;
import dev.striate.graph.Layer;
import dev.striate.graph.Network;
import dev.striate.graph.Options;
import dev.striate.measure.AveragePrecision;
import dev.striate.measure.AveragePrecision.Rule;
import dev.striate.measure.ProposalRecall;
import dev.striate.recipe.Augmentation;
import dev.striate.recipe.Recipe;
import dev.striate.recipe.Recipes;
import dev.striate.region.RegionSampling;
import dev.striate.torch.Device;
import dev.striate.vision.rcnn.Answering;
import dev.striate.vision.rcnn.Answering.Scores;
import dev.striate.vision.rcnn.Rcnn;
import dev.striate.vision.rcnn.RcnnRun;
import dev.striate.vision.rcnn.RcnnSettings;
import dev.striate.vision.rcnn.RcnnTraining;
import dev.striate.vision.rcnn.RcnnTraining.Stage;
import dev.striate.vision.rcnn.SvmSettings;
import dev.striate.vision.train.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// How well an R-CNN finds drawn shapes, by support vector machines and by the network's own softmax, with boxes moved and
/// not (Girshick et al. 2014, tables 2 and 4 and appendix B); how many shapes selective search proposes; what each
/// stage takes.
///
/// `RegionCnn [EPOCHS [PICTURES [TESTED [SEED [FOLDER]]]]]`: 8 epochs on regions of 2,000 pictures, tested on 400, seed 0,
/// unless told. A folder in which a run was interrupted goes on.
public final class RegionCnn {
    static final List<Answering> WAYS = List.of(new Answering(Scores.MACHINES, false), Answering.USUAL,
            new Answering(Scores.SOFTMAX, false), new Answering(Scores.SOFTMAX, true));
    private static final List<Integer> COUNTS = List.of(50, 300, 2000);
    private static final int SIDE = 64;
    /// Scenes are small: they are searched at their own size.
    private static final SelectiveSearch SEARCH = new SelectiveSearch(0, 8, 2000);
    /// Of each picture, in place of the paper's 128 of two.
    private static final RegionSampling SAMPLING = new RegionSampling(0.5, 0, 32, 0.25);

    /// The published code's weight of positives, and more: validation chooses.
    private static final List<Double> POSITIVE_WEIGHTS = List.of(2.0, 10.0, 20.0);
    private static final int VALIDATED = 100;

    private RegionCnn() {}

    public static void main(String[] arguments) throws IOException {
        var epochs = number(arguments, 0, 8);
        var tested = number(arguments, 2, 400);
        var folder = arguments.length > 4 ? Path.of(arguments[4]) : Files.createTempDirectory("rcnn");
        var scenes = DataSets.open("scenes");
        var splits = new Splits(scenes.name(), scenes.train().limit(number(arguments, 1, 2000)), scenes.validation(),
                scenes.test().limit(tested), true);
        var recipe = Recipes.inEpochs(recipe(), epochs).withSeed(number(arguments, 3, 0));
        train(splits, recipe, bestWeight(splits, recipe, folder), folder);
        var proposals = ProposedBoxes.of(folder.resolve("proposals-test.safetensors"), splits.test(), SEARCH);
        var recall = recall(splits.test(), proposals);
        for (var count : COUNTS) System.out.printf("recall at %,d proposals: %.3f%n", count, recall.at(count));
        var start = System.nanoTime();
        measured(folder, splits.test(), proposals).forEach((way, precision) -> System.out.printf("%s: mAP@.5 %.3f%n",
                way, precision.mean(Rule.VOC_2010)));
        print(new Stage("test", (System.nanoTime() - start) / 1e9));
    }

    /// That by which the machines find most in pictures of validation.
    private static double bestWeight(Splits splits, Recipe recipe, Path folder) {
        var validation = splits.validation().orElseThrow().limit(VALIDATED);
        var proposals = ProposedBoxes.of(validation, SEARCH::of);
        var precisions = new LinkedHashMap<Double, Double>();
        for (var weight : POSITIVE_WEIGHTS) {
            train(splits, recipe, weight, folder);
            var precision = measured(folder, validation, proposals).get(Answering.USUAL).mean(Rule.VOC_2010);
            System.out.printf("positives count %.0f times: mAP@.5 %.3f on validation%n", weight, precision);
            precisions.put(weight, precision);
        }
        return Collections.max(precisions.entrySet(), Map.Entry.comparingByValue()).getKey();
    }

    private static void train(Splits splits, Recipe recipe, double positiveWeight, Path folder) {
        new RcnnTraining(run(splits, recipe, positiveWeight), splits, folder, Device.CPU, event -> {
            if (event instanceof Event.EpochEnded ended) System.out.println(ended.epoch());
        }).run().forEach(RegionCnn::print);
    }

    /// A number of the command line, or the usual one where that ends before.
    static int number(String[] arguments, int index, int usual) {
        return arguments.length > index ? Integer.parseInt(arguments[index]) : usual;
    }

    private static void print(Stage stage) {
        System.out.printf("%s: %.1f minutes%n", stage.name(), stage.seconds() / 60);
    }

    private static Recipe recipe() {
        return Recipes.recipe("quick").withAugmentations(List.of(Augmentation.horizontalFlip()));
    }

    static RcnnRun run(Splits splits, Recipe recipe, double positiveWeight) {
        var settings = RcnnSettings.paper("relu6", "pool5").withSearch(SEARCH).withWarp(Warp.rcnn(SIDE))
                .withSampling(SAMPLING).withMachines(SvmSettings.rcnn().withPositiveWeight(positiveWeight));
        return RcnnRun.of(network(), splits, splits.name(), settings, recipe);
    }

    /// In the paper's form, AlexNet's, but for pictures of 64 pixels and with batch normalisation.
    static Network network() {
        return Layer.input(3, SIDE, SIDE)
                .at("conv1").conv(32, 3, Options.stride(2), Options.pad(1)).at("bn1").batchNorm().relu() // 32×32×32
                .at("conv2").conv(48, 3, Options.pad(1)).at("bn2").batchNorm().relu().maxPool(2) // 48×16×16
                .at("conv3").conv(96, 3, Options.pad(1)).at("bn3").batchNorm().relu().maxPool(2) // 96×8×8
                .at("conv4").conv(96, 3, Options.pad(1)).at("bn4").batchNorm().relu()
                .at("pool5").maxPool(2) // 96×4×4
                .flatten()
                .at("fc6").linear(256).at("relu6").relu().dropout(0.5)
                .at("fc7").linear(2)
                .network("regions64");
    }

    static ProposalRecall recall(DataSet pictures, ProposedBoxes proposals) {
        var recall = new ProposalRecall(0.5);
        for (var i = 0; i < pictures.size(); i++) recall.add(proposals.of(i), RegionSet.objects(pictures, i));
        return recall;
    }

    static SequencedMap<Answering, AveragePrecision> measured(Path folder, DataSet pictures, ProposedBoxes proposals) {
        try (var rcnn = Rcnn.open(folder)) {
            return rcnn.compare(pictures, proposals, WAYS);
        }
    }
}
