package dev.striate.vision.classify;

import dev.striate.graph.ClassTrees;
import dev.striate.graph.Network;
import dev.striate.tree.ClassTree;
import dev.striate.tree.TreeEntropy;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;

/// How the outputs for a picture are read: as classes that all exclude one another, or as those of a tree.
sealed interface Reading {
    static Reading of(Network network) {
        return ClassTrees.of(network).<Reading>map(logits -> new InTree(logits.tree(), logits.threshold()))
                .orElse(new AmongAll());
    }

    /// The probability of each class.
    double[] probabilities(float[] logits);

    /// What is said of a picture with these outputs.
    int answer(float[] logits);

    /// The classes to list, the answer first.
    int[] ranked(double[] probabilities);

    /// What was taken for the picture's class.
    Verdict verdict(float[] logits, int label);

    /// The tree of the classes, where they have one.
    default Optional<ClassTree> tree() {
        return Optional.empty();
    }

    /// @param guess the class; in a tree at the depth of the picture's own
    /// @param probability of the guess
    /// @param ahead how many classes are likelier than the picture's own; in a tree of those at its depth
    /// @param loss the cross entropy
    record Verdict(int guess, double probability, int ahead, double loss) {}

    record AmongAll() implements Reading {
        @Override
        public int answer(float[] logits) {
            var best = 0;
            for (var k = 1; k < logits.length; k++) if (logits[k] > logits[best]) best = k;
            return best;
        }

        @Override
        public double[] probabilities(float[] logits) {
            return Classifier.softmax(logits);
        }

        @Override
        public int[] ranked(double[] probabilities) {
            return likeliest(IntStream.range(0, probabilities.length), probabilities).toArray();
        }

        @Override
        public Verdict verdict(float[] logits, int label) {
            var guess = answer(logits);
            var ahead = 0;
            for (var logit : logits) if (logit > logits[label]) ahead++;
            var norm = logSumExp(logits, logits[guess]);
            return new Verdict(guess, Math.exp(logits[guess] - norm), ahead, norm - logits[label]);
        }

        private static double logSumExp(float[] logits, float largest) {
            var sum = 0.0;
            for (var logit : logits) sum += Math.exp(logit - largest);
            return largest + Math.log(sum);
        }
    }

    record InTree(ClassTree classes, double threshold) implements Reading {
        @Override
        public double[] probabilities(float[] logits) {
            return classes.absolute(classes.conditional(doubles(logits)));
        }

        @Override
        public int answer(float[] logits) {
            return classes.descend(probabilities(logits), threshold);
        }

        /// The class where the descent ends, then the leaves: those above them would stand before them all.
        @Override
        public int[] ranked(double[] probabilities) {
            var answer = classes.descend(probabilities, threshold);
            var others = likeliest(Arrays.stream(classes.leaves()).filter(k -> k != answer), probabilities);
            return IntStream.concat(IntStream.of(answer), others).toArray();
        }

        @Override
        public Verdict verdict(float[] logits, int label) {
            var probabilities = probabilities(logits);
            var depth = classes.depth(label);
            var guess = classes.mostProbable(doubles(logits), depth);
            var ahead = IntStream.range(0, logits.length)
                    .filter(k -> probabilities[k] > probabilities[label] && classes.depth(k) == depth).count();
            return new Verdict(guess, probabilities[guess], (int) ahead,
                    new TreeEntropy(classes, 0).of(doubles(logits), label));
        }

        @Override
        public Optional<ClassTree> tree() {
            return Optional.of(classes);
        }

        private static double[] doubles(float[] logits) {
            return IntStream.range(0, logits.length).mapToDouble(k -> logits[k]).toArray();
        }
    }

    private static IntStream likeliest(IntStream classes, double[] probabilities) {
        return classes.boxed().sorted(Comparator.comparingDouble((Integer k) -> probabilities[k]).reversed())
                .mapToInt(Integer::intValue);
    }
}
