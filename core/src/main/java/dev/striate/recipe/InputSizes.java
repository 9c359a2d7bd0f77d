package dev.striate.recipe;

import dev.striate.StriateException;
import dev.striate.graph.Network;
import dev.striate.graph.OtherInputs;
import dev.striate.graph.Size;
import dev.striate.random.RandomStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// The sizes of picture that training shows a network; evaluation and prediction keep to the network's own.
public sealed interface InputSizes {
    /// The network's own.
    record Own() implements InputSizes {}

    /// Squares of a random side from `smallest` to `largest` by `step`, drawn anew each `every` steps (Redmon and Farhadi
    /// 2017, §2: 320, 352 … 608, each 10).
    record Random(int smallest, int largest, int step, int every) implements InputSizes {
        public Random {
            Expect.that(step >= 1, "The step from one input size to the next", "at least 1 pixel", step);
            Expect.that(every >= 1, "Each input size", "at least one step of training", every);
            Expect.that(smallest >= 1 && smallest <= largest && (largest - smallest) % step == 0,
                    "The side of an input drawn at random", "a smallest and a largest some steps of " + step + " apart",
                    smallest + " to " + largest);
        }

        /// How many sizes there are.
        public int count() {
            return (largest - smallest) / step + 1;
        }
    }

    /// Of the paper.
    static Random random() {
        return new Random(320, 608, 32, 10);
    }

    /// The size at a step, from 0, of a run with this seed: of these two alone, so that a resumed run draws the same.
    ///
    /// @param own the network's
    default Size at(long step, long seed, Size own) {
        return switch (this) {
            case Own _ -> own;
            case Random random -> Size.square(random.smallest() + random.step()
                    * RandomStream.of(seed).at("input size").at(step / random.every()).draws().nextInt(random.count()));
        };
    }

    /// The largest of them, which takes the most memory.
    default Size largest(Size own) {
        return switch (this) {
            case Own _ -> own;
            case Random random -> Size.square(random.largest());
        };
    }

    /// All of them, the smallest first.
    default List<Size> all(Size own) {
        return switch (this) {
            case Own _ -> List.of(own);
            case Random random -> IntStream.range(0, random.count())
                    .mapToObj(i -> Size.square(random.smallest() + i * random.step())).toList();
        };
    }

    /// Refuses a network whose weights do not serve all of them.
    default void check(Network network) {
        obstacle(network).ifPresent(obstacle -> {
            throw StriateException
                    .network("Training at inputs of several sizes expects a network whose weights serve them "
                            + "all, without fully connected layers or with a global pooling before them; in "
                            + network.name()
                            + ", " + obstacle + ".");
        });
    }

    /// These, or the network's own size alone where its weights do not serve them all.
    default InputSizes fitted(Network network) {
        return obstacle(network).isEmpty() ? this : new Own();
    }

    private Optional<String> obstacle(Network network) {
        if (this instanceof Own) return Optional.empty();
        return all(network.input().size()).stream().flatMap(size -> OtherInputs.obstacle(network, size).stream())
                .findFirst();
    }
}
