package dev.striate.vision.rcnn;

import dev.striate.StriateException;
import dev.striate.box.Box;
import dev.striate.random.RandomStream;
import dev.striate.region.BoxEncoding;
import dev.striate.region.BoxOffsets;
import dev.striate.region.SvmAssignment;
import dev.striate.target.Target.LabelledBox;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// Fits the support vector machine and the regression of each class to the features of a set's regions. Vectors are
/// scaled to a norm on average, which the machines that come of it do not need to know.
final class MachineTraining {
    private static final int SAMPLED = 10_000;

    private final TrainingRegions regions;
    private final RegionFeatures stored;
    private final RcnnSettings settings;
    private final int features;
    private final int placesFrom;
    private final int places;
    private final double featureScale;
    private final double placeScale;

    /// @param features how many values the machines' layer has
    /// @param places how many that of the regression, behind them where it is another layer
    MachineTraining(TrainingRegions regions, RegionFeatures stored, RcnnSettings settings, int features, int places) {
        this.regions = regions;
        this.stored = stored;
        this.settings = settings;
        this.features = features;
        this.places = places;
        placesFrom = settings.features().equals(settings.places()) ? 0 : features;
        featureScale = scale(0, features);
        placeScale = scale(placesFrom, places);
    }

    private double scale(int from, int length) {
        var step = Math.max(1, stored.rows() / SAMPLED);
        var mean = LongStream.iterate(0, row -> row < stored.rows(), row -> row + step)
                .mapToDouble(row -> norm(stored.values(row, from, length))).average().orElse(0);
        return mean == 0 ? 1 : settings.machines().norm() / mean;
    }

    private static double norm(float[] x) {
        var squares = 0.0;
        for (var value : x) squares += (double) value * value;
        return Math.sqrt(squares);
    }

    private float[] scaled(long row, int from, int length, double scale) {
        var values = stored.values(row, from, length);
        for (var i = 0; i < values.length; i++) values[i] *= (float) scale;
        return values;
    }

    private float[] features(long row) {
        return scaled(row, 0, features, featureScale);
    }

    /// The machines of all classes, after one pass over all pictures in search of hard negatives.
    List<LinearSvm> machines() {
        var classes = regions.pictures().classes().size();
        var miners = IntStream.range(0, classes).mapToObj(this::miner).toList();
        var assignment = SvmAssignment.rcnn();
        for (var picture = 0; picture < regions.pictures().size(); picture++) {
            var boxes = regions.of(picture);
            var objects = regions.objects(picture);
            var vectors = new float[boxes.size()][];
            for (var i = 0; i < vectors.length; i++) vectors[i] = features(regions.start(picture) + i);
            for (var label = 0; label < classes; label++) {
                for (var i : assignment.negatives(boxes, objects, label)) {
                    miners.get(label).look(regions.start(picture) + i, vectors[i]);
                }
            }
        }
        return miners.stream().map(miner -> miner.machine().before(featureScale)).toList();
    }

    private HardNegatives miner(int label) {
        return new HardNegatives(settings.machines(), this::features, positives(label), first(label));
    }

    /// The objects' own boxes, which lie behind the proposals of their picture.
    private long[] positives(int label) {
        var rows = LongStream.builder();
        for (var picture = 0; picture < regions.pictures().size(); picture++) {
            var boxes = regions.of(picture);
            var positives = SvmAssignment.rcnn().positives(regions.objects(picture), label);
            for (var i = regions.proposals().of(picture).size(); i < boxes.size(); i++) {
                if (positives.contains(boxes.get(i))) rows.add(regions.start(picture) + i);
            }
        }
        var found = rows.build().toArray();
        if (found.length > 0) return found;
        throw new StriateException(
                "An object of each class was expected in the pictures to train on; there is none of '"
                        + regions.pictures().classes().get(label) + "'.");
    }

    /// All negatives of pictures in a random order, until there are enough to begin with.
    private long[] first(int label) {
        var rows = new ArrayList<Long>();
        var order = RandomStream.of(0).at("first negatives").at(label).permutation(regions.pictures().size());
        for (var i = 0; i < order.length && rows.size() < settings.machines().first(); i++) {
            var start = regions.start(order[i]);
            for (var each : SvmAssignment.rcnn().negatives(regions.of(order[i]), regions.objects(order[i]), label)) {
                rows.add(start + each);
            }
        }
        return rows.stream().mapToLong(Long::longValue).toArray();
    }

    /// A proposal and how its box leads to the object that it is near.
    private record Near(long row, int label, BoxOffsets offsets) {}

    /// The regressions of all classes; one of a class that no proposal is near leaves boxes where they are.
    List<BoxRidge> regressions() {
        var near = near();
        return IntStream.range(0, regions.pictures().classes().size()).mapToObj(label -> {
            var equations = new BoxRidge.Equations(places);
            near.stream().filter(each -> each.label() == label).forEach(
                    each -> equations.add(scaled(each.row(), placesFrom, places, placeScale), each.offsets()));
            return equations.solve(settings.ridge()).before(placeScale);
        }).toList();
    }

    private List<Near> near() {
        var near = new ArrayList<Near>();
        for (var picture = 0; picture < regions.pictures().size(); picture++) {
            var proposals = regions.proposals().of(picture);
            for (var i = 0; i < proposals.size(); i++) {
                var box = proposals.get(i);
                var row = regions.start(picture) + i;
                nearest(box, regions.objects(picture)).filter(object -> box.iou(object.box()) > settings.near())
                        .ifPresent(object -> near.add(new Near(row, object.label(),
                                BoxEncoding.PLAIN.encode(box, object.box()))));
            }
        }
        return near;
    }

    private static Optional<LabelledBox> nearest(Box box, List<LabelledBox> objects) {
        return objects.stream().filter(object -> !object.difficult())
                .max(Comparator.comparingDouble(object -> box.iou(object.box())));
    }
}
