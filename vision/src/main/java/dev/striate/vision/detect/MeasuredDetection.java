package dev.striate.vision.detect;

import dev.striate.data.batch.Loader;
import dev.striate.data.batch.Loading;
import dev.striate.data.set.DataSet;
import dev.striate.data.set.Sized;
import dev.striate.detect.Detection;
import dev.striate.measure.AveragePrecision;
import dev.striate.measure.AveragePrecision.Rule;
import dev.striate.measure.BoxConfusion;
import dev.striate.measure.CocoFigure;
import dev.striate.measure.Figures;
import dev.striate.measure.PrecisionRecall;
import dev.striate.target.Target;
import dev.striate.target.Target.LabelledBox;
import dev.striate.vision.train.Measured;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.stream.IntStream;

/// How the objects that a detector finds compare with those of a set; the mean average precision at an overlap of 0.5, by
/// VOC's rule of 2010, decides.
///
/// @param ofTree what the classes above others come to, where the network has a tree of classes
/// @param examples the pictures with the most mistakes, the worst first
public record MeasuredDetection(AveragePrecision precision, Optional<TreePrecision> ofTree, BoxConfusion confusion,
        double picturesPerSecond, DataSet pictures, List<Example> examples) implements Measured {
    /// Scores from here on count in average precision, as Darknet has it; those of objects worth drawing.
    private static final Thresholds ALL = new Thresholds(0.005, Thresholds.DEFAULT.overlap());
    private static final int EXAMPLES = 12;
    private static final int BATCH = 32;

    /// A picture, by its place in the set, what was found in it, and how many objects were missed or made up.
    public record Example(int index, List<Detection> found, int mistakes) {
        static Example of(int index, DataSet pictures, List<Detection> found) {
            var sure = sure(found);
            return new Example(index, sure, mistakesOf(ObjectDetection.objects(pictures, index), sure));
        }

        /// Among the classes that occur in the picture: a table of all would be large where there are thousands.
        private static int mistakesOf(Target.Objects truth, List<Detection> sure) {
            var labels = IntStream.concat(truth.boxes().stream().mapToInt(LabelledBox::label),
                    sure.stream().mapToInt(Detection::label)).distinct().boxed().toList();
            if (labels.isEmpty()) return 0;
            var own = BoxConfusion.empty(labels.size(), Thresholds.DEFAULT.score());
            own.add(new Target.Objects(truth.boxes().stream()
                    .map(each -> new LabelledBox(each.box(), labels.indexOf(each.label()), each.difficult())).toList()),
                    sure.stream().map(each -> new Detection(each.box(), labels.indexOf(each.label()), each.score()))
                            .toList());
            return own.mistakes();
        }

        private static List<Detection> sure(List<Detection> found) {
            return found.stream().filter(each -> each.score() >= Thresholds.DEFAULT.score()).toList();
        }
    }

    /// Measures on all pictures of a set, as `detect` would see them.
    static MeasuredDetection of(BoxFinder finder, DataSet pictures) {
        var sized = new Sized(pictures);
        var tally = new Tally(pictures, finder.tree().map(TreePrecision::new));
        try (var loader = Loader.of(sized, finder.preparation(),
                Loading.evaluation(Math.min(BATCH, pictures.size())))) {
            while (loader.hasNext()) {
                try (var batch = loader.next()) {
                    var seen = IntStream.of(batch.indices()).mapToObj(index -> new BoxFinder.Seen(sized.size(index),
                            ObjectDetection.objects(pictures, index).proposals())).toList();
                    var found = finder.find(batch.pixels(), seen, ALL);
                    for (var i = 0; i < batch.size(); i++) {
                        tally.add(batch.indices()[i], found.get(i));
                    }
                }
            }
        }
        return tally.measured();
    }

    /// The same by any other way of finding objects, one picture after the other.
    ///
    /// @param overlap the most that two boxes of one class may share
    public static MeasuredDetection of(ObjectFinder finder, DataSet pictures, double overlap) {
        var tally = new Tally(pictures, Optional.empty());
        for (var i = 0; i < pictures.size(); i++) {
            tally.add(i, finder.detect(pictures.picture(i), new Thresholds(ALL.score(), overlap)));
        }
        return tally.measured();
    }

    /// What comes together picture by picture.
    private static final class Tally {
        private final DataSet pictures;
        private final Optional<TreePrecision> ofTree;
        private final AveragePrecision precision;
        private final BoxConfusion confusion;
        private final List<Example> examples = new ArrayList<>();
        private final long start = System.nanoTime();

        Tally(DataSet pictures, Optional<TreePrecision> ofTree) {
            this.pictures = pictures;
            this.ofTree = ofTree;
            precision = new AveragePrecision(pictures.classes().size());
            confusion = BoxConfusion.empty(pictures.classes().size(), Thresholds.DEFAULT.score());
        }

        void add(int index, List<Detection> found) {
            var truth = ObjectDetection.objects(pictures, index);
            precision.add(truth, found);
            ofTree.ifPresent(each -> each.add(truth, found));
            confusion.add(truth, found);
            examples.add(Example.of(index, pictures, found));
        }

        MeasuredDetection measured() {
            var worst = examples.stream().filter(example -> example.mistakes > 0)
                    .sorted(Comparator.comparingInt(Example::mistakes).reversed().thenComparingInt(Example::index))
                    .limit(EXAMPLES).toList();
            return new MeasuredDetection(precision, ofTree, confusion,
                    pictures.size() / ((System.nanoTime() - start) / 1e9), pictures, worst);
        }
    }

    @Override
    public Figures figures() {
        var values = new LinkedHashMap<String, Double>();
        values.put("mAP50", precision.mean(Rule.VOC_2010));
        values.put("mAP50Voc2007", precision.mean(Rule.VOC_2007));
        values.put("mAP50Coco", precision.mean(Rule.COCO_50));
        values.put("mAP50Darknet", precision.mean(Rule.DARKNET));
        values.put("mAP", precision.coco(CocoFigure.AP).orElse(0));
        values.put("recall100", precision.coco(CocoFigure.AR_100).orElse(0));
        ofTree.ifPresent(each -> {
            for (var depth = 0; depth <= each.deepest(); depth++) {
                values.put("mAP50Depth" + depth, each.mean(depth).orElse(0));
            }
        });
        return Figures.highest("mAP50", values);
    }

    /// Draws `detections.png`, the pictures with the most mistakes, and `confusion.png`, and writes `classes.csv`.
    @Override
    public void draw(Path folder) {
        Reports.draw(this, folder);
    }

    /// The precision and recall of a class as its score falls; empty where no picture has an object of it.
    public Optional<PrecisionRecall> curve(int label) {
        return precision.curve(Rule.VOC_2010, label);
    }

    /// The average precisions of a class by each rule, by name: empty where no picture has an object of it.
    public SequencedMap<String, OptionalDouble> ofClass(int label) {
        var figures = new LinkedHashMap<String, OptionalDouble>();
        figures.put("ap50", precision.of(Rule.VOC_2010, label));
        figures.put("ap50Voc2007", precision.of(Rule.VOC_2007, label));
        figures.put("ap50Coco", precision.of(Rule.COCO_50, label));
        figures.put("ap50Darknet", precision.of(Rule.DARKNET, label));
        figures.put("ap", precision.coco(CocoFigure.AP, label));
        ofTree.ifPresent(each -> figures.put("ap50WithBelow", each.of(label)));
        return figures;
    }

    /// How many objects of a class there are, difficult ones left out.
    public int objects(int label) {
        return curve(label).map(PrecisionRecall::objects).orElse(0);
    }
}
