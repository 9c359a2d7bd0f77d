package dev.striate.torch;

import dev.striate.StriateException;
import dev.striate.graph.Network;
import dev.striate.measure.Figures;
import dev.striate.random.RandomStream;
import dev.striate.recipe.Augmentation.OfBatch;
import dev.striate.recipe.Augmentation.OfSet;
import dev.striate.recipe.Objective;
import dev.striate.recipe.Recipe;
import dev.striate.target.Target;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// The [Criterion] of each objective.
final class Criteria {
    private Criteria() {}

    static Criterion of(Recipe recipe, Network network) {
        var mixes = recipe.augmentations().stream().filter(OfBatch.class::isInstance).findFirst();
        if (mixes.isPresent() && !(recipe.objective() instanceof Objective.Classes)) {
            throw new StriateException("An augmentation that mixes pictures expects pictures with one class each; "
                    + "received " + mixes.get() + " with the objective " + recipe.objective() + ".");
        }
        if (recipe.augmentations().stream().anyMatch(OfSet.class::isInstance)
                && !(recipe.objective() instanceof Objective.Yolo)) {
            throw new StriateException("A mosaic expects any number of objects in a picture, as detection has them; "
                    + "received the objective " + recipe.objective() + ".");
        }
        return switch (recipe.objective()) {
            case Objective.Classes classes -> ofClasses(classes, network);
            case Objective.Pixels pixels -> new OfPixels(pixels, network.outputName());
            case Objective.ClassAndBox both -> new OfClassAndBox(both, network);
            case Objective.Yolo _ -> new OfYolo(network);
            case Objective.Pairs pairs -> OfPairs.of(pairs, network);
            case Objective.Triplets triplets ->
                new OfTriplets(triplets, network.outputName(), RandomStream.of(recipe.start().seed()).at("mining"));
            case Objective.Regions _ ->
                throw StriateException.network("Training on regions expects a network that pools "
                        + "them, such as faster_rcnn_small; received " + network.name() + ".");
        };
    }

    private static OfClasses ofClasses(Objective.Classes classes, Network network) {
        if (network.atInference().outputs().size() > 1) {
            throw new StriateException("Training on labels expects one output beside auxiliary ones; received "
                    + network.name() + " with the outputs " + network.atInference().outputs().keySet() + ".");
        }
        return new OfClasses(ClassLoss.of(classes.loss(), network), classes.auxiliaryWeight(), network.outputName(),
                network.auxiliary());
    }

    /// Each picture's class, by the main output and, weighted, the auxiliary heads.
    private record OfClasses(ClassLoss loss, double auxiliaryWeight, String main, Set<String> auxiliary)
            implements
            Criterion {
        @Override
        public List<String> figures() {
            return List.of(Figures.LOSS, Figures.ACCURACY);
        }

        @Override
        public Batch of(Map<String, Tensor> outputs, List<? extends Target> targets, Mixing mixing, long seen) {
            var labels = labels(targets, outputs.get(main));
            return new Batch(mixing.mix(labels, each -> total(outputs, each)),
                    List.of(loss.right(outputs.get(main), labels)));
        }

        private Tensor total(Map<String, Tensor> outputs, Tensor labels) {
            var total = loss.of(outputs.get(main).flatten(1, -1), labels);
            for (var head : auxiliary) {
                var other = loss.of(outputs.get(head).flatten(1, -1), labels);
                total = total.add(other, new Scalar(auxiliaryWeight));
            }
            return total;
        }
    }

    /// The class indices of a batch, on the outputs' device.
    static Tensor labels(List<? extends Target> targets, Tensor outputs) {
        var labels = targets.stream().mapToLong(target -> {
            if (target instanceof Target.Label(var index)) return index;
            throw new StriateException("A class for each picture was expected; received " + target + ".");
        }).toArray();
        return Tensors.of(labels).to(outputs.device(), ScalarType.Long);
    }

    /// How many rows of N×K (×…) have their largest output at the label.
    static Tensor right(Tensor outputs, Tensor labels) {
        return outputs.detach().flatten(1, -1).argmax(new LongOptional(1), false).eq(labels).sum();
    }
}
