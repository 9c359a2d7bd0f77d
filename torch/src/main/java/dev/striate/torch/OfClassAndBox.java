package dev.striate.torch;

import dev.striate.StriateException;
import dev.striate.graph.Network;
import dev.striate.measure.Figures;
import dev.striate.recipe.Objective;
import dev.striate.target.Target;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// Each picture's class by the first output, N×K, and the box of its one object by the second: N×4 for all classes alike,
/// or N×4K with a box for each class, of which only the true class's learns (Simonyan and Zisserman 2014, appendix A). A
/// picture whose object augmentation has moved out of sight counts for nothing.
final class OfClassAndBox implements Criterion {
    private static final int COORDINATES = 4;

    private final Objective.ClassAndBox objective;
    private final String classes;
    private final String boxes;
    private final double width;
    private final double height;

    OfClassAndBox(Objective.ClassAndBox objective, Network network) {
        this.objective = objective;
        var names = List.copyOf(network.outputs().keySet());
        if (names.size() != 2) {
            throw new StriateException("A network for a class and a box expects two outputs; " + network.name()
                    + " has " + names + ".");
        }
        classes = names.get(0);
        boxes = names.get(1);
        width = network.input().width();
        height = network.input().height();
    }

    @Override
    public List<String> figures() {
        return List.of(Figures.LOSS, Figures.ACCURACY, "boxLoss");
    }

    @Override
    public Batch of(Map<String, Tensor> outputs, List<? extends Target> targets, Mixing mixing, long seen) {
        var visible = visible(targets);
        var scores = outputs.get(classes).flatten(1, -1);
        if (visible.length == 0) {
            var nothing = scores.sum().add(outputs.get(boxes).sum()).mul(new Scalar(0));
            return new Batch(nothing, List.of(nothing.detach(), nothing.detach()));
        }
        var rows = Tensors.of(visible).to(scores.device(), ScalarType.Long);
        var labels = labels(targets, visible).to(scores.device(), ScalarType.Long);
        var truths = boxes(targets, visible).to(scores.device(), scores.scalar_type());
        scores = scores.index_select(0, rows);
        var predicted = ofTheClass(outputs.get(boxes).flatten(1, -1).index_select(0, rows), labels);
        var boxLoss = Losses.ofBoxes(objective.box(), predicted, truths);
        var loss = Losses.ofLabels(objective.classes(), scores, labels).add(boxLoss, new Scalar(objective.boxWeight()));
        return new Batch(loss, List.of(Criteria.right(scores, labels),
                boxLoss.detach().mul(new Scalar((double) targets.size()))));
    }

    /// N×4 of N×4 or, of N×4K, the four of each row's class.
    private static Tensor ofTheClass(Tensor boxes, Tensor labels) {
        if (boxes.size(1) == COORDINATES) return boxes;
        var index = labels.view(-1, 1, 1).expand(labels.size(0), 1, COORDINATES);
        return boxes.view(boxes.size(0), boxes.size(1) / COORDINATES, COORDINATES).gather(1, index).squeeze(1);
    }

    private static long[] visible(List<? extends Target> targets) {
        return IntStream.range(0, targets.size()).filter(i -> !objects(targets.get(i)).isEmpty())
                .asLongStream().toArray();
    }

    private static List<Target.LabelledBox> objects(Target target) {
        if (target instanceof Target.Objects(var objects, _) && objects.size() <= 1) return objects;
        throw new StriateException("One object for each picture was expected; received " + target + ".");
    }

    private static Tensor labels(List<? extends Target> targets, long[] visible) {
        return Tensors.of(Arrays.stream(visible)
                .map(row -> objects(targets.get((int) row)).getFirst().label()).toArray());
    }

    private Tensor boxes(List<? extends Target> targets, long[] visible) {
        var values = new double[visible.length * COORDINATES];
        for (var i = 0; i < visible.length; i++) {
            var box = objects(targets.get((int) visible[i])).getFirst().box();
            values[COORDINATES * i] = box.centerX() / width;
            values[COORDINATES * i + 1] = box.centerY() / height;
            values[COORDINATES * i + 2] = box.width() / width;
            values[COORDINATES * i + 3] = box.height() / height;
        }
        return Tensors.of(values, visible.length, COORDINATES);
    }
}
