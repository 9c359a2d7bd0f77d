package dev.striate.torch;

import dev.striate.StriateException;
import dev.striate.graph.ClassTrees;
import dev.striate.graph.Network;
import dev.striate.recipe.Loss;
import dev.striate.tree.TreeEntropy;
import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;

/// What a classifier's outputs N×K cost against class indices N, and for how many pictures they are right.
sealed interface ClassLoss {
    /// The loss among all classes or, where the network's have a tree, among siblings.
    static ClassLoss of(Loss.OfClasses loss, Network network) {
        var logits = ClassTrees.of(network);
        if (logits.isEmpty()) return new AmongAll(loss);
        if (loss instanceof Loss.CrossEntropy(var smoothing, var weights) && weights.isEmpty()) {
            return new AmongSiblings(new TreeEntropy(logits.get().tree(), smoothing));
        }
        throw new StriateException("A tree of classes expects cross entropy without class weights; received " + loss
                + ".");
    }

    Tensor of(Tensor outputs, Tensor labels);

    Tensor right(Tensor outputs, Tensor labels);

    record AmongAll(Loss.OfClasses loss) implements ClassLoss {
        @Override
        public Tensor of(Tensor outputs, Tensor labels) {
            return Losses.ofLabels(loss, outputs, labels);
        }

        @Override
        public Tensor right(Tensor outputs, Tensor labels) {
            return Criteria.right(outputs, labels);
        }
    }

    /// Right is a picture whose class is where the most probable child of each class leads down.
    record AmongSiblings(TreeEntropy entropy) implements ClassLoss {
        @Override
        public Tensor of(Tensor outputs, Tensor labels) {
            var rows = rows(outputs);
            var classes = classes(labels);
            var gradient = new double[rows.length * entropy.tree().size()];
            var sum = 0.0;
            for (var i = 0; i < rows.length; i++) {
                var own = new double[rows[i].length];
                sum += entropy.of(rows[i], classes[i], own);
                System.arraycopy(own, 0, gradient, i * own.length, own.length);
            }
            return Losses.known(outputs, Tensors.of(gradient, rows.length, entropy.tree().size()), sum, rows.length);
        }

        @Override
        public Tensor right(Tensor outputs, Tensor labels) {
            var tree = entropy.tree();
            var rows = rows(outputs);
            var classes = classes(labels);
            var right = 0L;
            for (var i = 0; i < rows.length; i++) {
                if (tree.mostProbable(rows[i], tree.depth(classes[i])) == classes[i]) right++;
            }
            return Tensors.of(new long[] { right }).sum();
        }

        private double[][] rows(Tensor outputs) {
            var values = Tensors.doubles(outputs.detach());
            var classes = entropy.tree().size();
            var rows = new double[values.length / classes][];
            for (var i = 0; i < rows.length; i++) rows[i] = Arrays.copyOfRange(values, i * classes, (i + 1) * classes);
            return rows;
        }

        private static int[] classes(Tensor labels) {
            return Arrays.stream(Tensors.doubles(labels)).mapToInt(label -> (int) label).toArray();
        }
    }
}
