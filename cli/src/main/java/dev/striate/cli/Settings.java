package dev.striate.cli;

import dev.striate.StriateException;
import dev.striate.graph.Network;
import dev.striate.recipe.Adjustments;
import dev.striate.recipe.Precision;
import dev.striate.recipe.Recipe;
import dev.striate.recipe.Recipes;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/// The options that say how to train.
final class Settings {
    private static final int AUTO = -1;

    @Option(names = "--recipe", paramLabel = "NAME",
            description = "A paper's recipe by name, or `quick`, one of today's for small data; otherwise the network's own.")
    private Optional<String> recipe;

    @Option(names = "--epochs", paramLabel = "N",
            description = "Another length; milestones stay at their shares of the run.")
    private Optional<Integer> epochs;

    @Option(names = "--batch", paramLabel = "N", converter = BatchConverter.class,
            description = "Another number of pictures to a batch; `auto` halves the recipe's until it fits the memory, and makes up for it with more batches to a step.")
    private Optional<Integer> batch;

    @Option(names = "--accumulate", paramLabel = "N", description = "So many batches to a step.")
    private Optional<Integer> accumulation;

    @Option(names = "--rate", paramLabel = "R", description = "Another learning rate to start from.")
    private Optional<Double> rate;

    @Option(names = "--seed", paramLabel = "S",
            description = "Another seed: for weights, order, augmentation and dropout.")
    private Optional<Long> seed;

    @Option(names = "--precision", paramLabel = "P", converter = PrecisionConverter.class,
            description = "float32, float64 or bf16 (with float32 where it matters).")
    private Optional<Precision> precision;

    /// Whether the batch is to be chosen by the memory there is.
    boolean fitsTheBatch() {
        return batch.filter(size -> size == AUTO).isPresent();
    }

    Recipe recipe(Network network) {
        var base = recipe.map(name -> Recipes.forInput(Recipes.recipe(name), network.input().size()))
                .orElseGet(() -> Recipes.forNetwork(network.name(), network.input().size()));
        return new Adjustments(epochs, batch.filter(size -> size != AUTO), accumulation, rate, seed, precision)
                .of(base);
    }

    static final class BatchConverter implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            if (text.equals("auto")) return AUTO;
            if (text.matches("[1-9]\\d{0,5}")) return Integer.valueOf(text);
            throw new StriateException("Expected a number of pictures or auto; received '" + text + "'.");
        }
    }

    static final class PrecisionConverter implements ITypeConverter<Precision> {
        @Override
        public Precision convert(String text) {
            return switch (text) {
                case "float32" -> Precision.FLOAT32;
                case "float64" -> Precision.FLOAT64;
                case "bf16" -> Precision.BF16_MIXED;
                default -> throw new StriateException("Expected float32, float64 or bf16; received '" + text + "'.");
            };
        }
    }
}
