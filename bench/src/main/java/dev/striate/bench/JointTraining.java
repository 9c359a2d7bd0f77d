package dev.striate.bench;

import dev.striate.StriateException;
import dev.striate.data.scene.Scenes;
import dev.striate.data.set.DataSet;
import dev.striate.data.set.DataSets;
import dev.striate.data.set.Splits;
import dev.striate.graph.Network;
import dev.striate.measure.AveragePrecision.Rule;
import dev.striate.recipe.Recipes;
import dev.striate.recipe.TrainingLength;
import dev.striate.target.Target;
import dev.striate.torch.Device;
import dev.striate.tree.WordTree;
import dev.striate.vision.detect.Detector;
import dev.striate.vision.detect.MeasuredDetection;
import dev.striate.vision.tasks.Tasks;
import dev.striate.vision.train.Event;
import dev.striate.vision.train.Run;
import dev.striate.zoo.Zoo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.IntStream;

/// Whether a detector finds classes whose boxes it never saw (Redmon and Farhadi 2017, §4): shapes that are round or
/// straight, of which rings and stars occur in training only in pictures of one shape that have a class and no box. Scenes
/// with all shapes are the test.
///
/// `JointTraining [EPOCHS [PICTURES [FOLDER]]]`: 60 epochs of 2,000 pictures of each kind unless told; the run's folder.
public final class JointTraining {
    static final Set<String> WITHOUT_BOXES = Set.of("ring", "star");
    static final List<String> ABOVE = List.of("round", "straight");
    static final WordTree SHAPES = WordTree.parse("""
            round -1
            straight -1
            circle 0
            crescent 0
            heart 0
            ring 0
            cross 1
            square 1
            star 1
            triangle 1
            """, "the tree of shapes");
    /// Of so many scenes at least one has neither of the two.
    private static final int DRAWN = 8;
    private static final int TESTED = 400;
    /// Of scenes, on which the best epoch is chosen.
    private static final int VALIDATED = 100;

    private final Scenes scenes;
    private final Network network;
    private final int pictures;

    /// @param scenes how pictures with boxes look, and with one shape those that have a label alone
    /// @param network for pictures of that size; it gets a head for the tree
    /// @param pictures of each kind
    JointTraining(Scenes scenes, Network network, int pictures) {
        this.scenes = scenes;
        this.network = network;
        this.pictures = pictures;
    }

    public static void main(String[] arguments) throws IOException {
        var epochs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 60;
        var pictures = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2000;
        var folder = arguments.length > 2 ? Path.of(arguments[2]) : Files.createTempDirectory("joint");
        var usual = new JointTraining(Scenes.USUAL, Zoo.network("yolov2_small"), pictures);
        usual.run(epochs, TESTED, folder, event -> {
            if (event instanceof Event.EpochEnded ended) System.out.println(ended.epoch());
        }).forEach((name, precision) -> System.out.printf("%s%s: AP %.3f%n", name,
                WITHOUT_BOXES.contains(name) ? ", whose boxes were never shown" : "", precision));
    }

    /// Trains, and gives the average precision at an overlap of 0.5 of each shape and of those above, in the tree's order.
    SequencedMap<String, Double> run(int epochs, int tested, Path folder, Event.Listener listener) {
        var splits = splits(tested);
        var recipe = Recipes.recipe("yolo-small");
        var task = Tasks.of(SHAPES);
        var run = Run.of(task, task.fitted(network), splits, "",
                recipe.withPace(recipe.pace().withLength(TrainingLength.epochs(epochs))));
        Tasks.training(run, splits, folder, Device.CPU, listener).run();
        try (var detector = Detector.open(folder)) {
            return figures(detector.evaluate(splits.test()));
        }
    }

    private static SequencedMap<String, Double> figures(MeasuredDetection measured) {
        var figures = new LinkedHashMap<String, Double>();
        for (var name : SHAPES.names()) {
            var label = SHAPES.number(name);
            figures.put(name, (ABOVE.contains(name) ? measured.ofTree().orElseThrow().of(label)
                    : measured.precision().of(Rule.VOC_2010, label)).orElse(0));
        }
        return figures;
    }

    /// Pictures with boxes and pictures with labels for training, scenes of all shapes for testing.
    Splits splits(int tested) {
        var drawn = DataSets.scenes(scenes, false, 0, DRAWN * pictures, tested);
        var validation = DataSets.scenes(scenes, false, 2, 1, VALIDATED).test();
        var train = drawn.train();
        var shown = IntStream.range(0, train.size()).filter(i -> objects(train, i).stream()
                .noneMatch(object -> WITHOUT_BOXES.contains(train.classes().get(object.label())))).limit(pictures)
                .toArray();
        if (shown.length < pictures) {
            throw new StriateException(pictures + " scenes without rings and stars were expected; received "
                    + shown.length + ".");
        }
        var one = DataSets.scenes(scenes.withObjects(1, 1), false, 1, pictures, 1);
        var labelled = new Splits("labelled", new Labelled(one.train()), Optional.empty(), new Labelled(one.test()),
                true);
        return Splits.joined(List.of(
                new Splits("scenes", train.subset(shown), Optional.of(validation), drawn.test(), true), labelled));
    }

    private static List<Target.LabelledBox> objects(DataSet pictures, int index) {
        return ((Target.Objects) pictures.target(index)).boxes();
    }
}
