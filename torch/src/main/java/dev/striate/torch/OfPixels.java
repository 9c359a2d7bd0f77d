package dev.striate.torch;

import dev.striate.StriateException;
import dev.striate.measure.Figures;
import dev.striate.recipe.Objective;
import dev.striate.target.Target;
import dev.striate.target.Target.Mask;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// Each pixel's class: outputs N×K×H×W against masks H×W. The mean is over all labelled pixels of the batch; a batch
/// without any costs nothing.
record OfPixels(Objective.Pixels objective, String main) implements Criterion {
    @Override
    public List<String> figures() {
        return List.of(Figures.LOSS, "pixelAccuracy");
    }

    @Override
    public Batch of(Map<String, Tensor> outputs, List<? extends Target> targets, Mixing mixing, long seen) {
        var output = outputs.get(main);
        var classes = classes(output, targets);
        var labels = Tensors.of(classes, targets.size(), output.size(2), output.size(3))
                .to(output.device(), ScalarType.Long);
        var labelled = labels.ne(new Scalar(Mask.IGNORED)).sum();
        if (labelled.item_long() == 0) return new Batch(output.sum().mul(new Scalar(0)), List.of(labelled));
        var right = output.detach().argmax(new LongOptional(1), false).eq(labels).sum();
        return new Batch(Losses.crossEntropy(objective.loss(), output, labels, Mask.IGNORED),
                List.of(right.to(ScalarType.Double).div(labelled).mul(new Scalar((double) targets.size()))));
    }

    private static long[] classes(Tensor output, List<? extends Target> targets) {
        var height = output.size(2);
        var width = output.size(3);
        var all = new long[Math.toIntExact(targets.size() * height * width)];
        var at = 0;
        for (var target : targets) {
            if (!(target instanceof Mask mask) || mask.size().height() != height || mask.size().width() != width) {
                throw new StriateException("A mask of " + height + "×" + width
                        + " for each picture was expected, the size of the network's output; received "
                        + (target instanceof Mask mask ? "one of " + mask.size() : target) + ".");
            }
            for (var each : mask.classes()) all[at++] = Byte.toUnsignedInt(each);
        }
        return all;
    }
}
