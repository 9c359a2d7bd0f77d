package dev.striate.cli;

import dev.striate.StriateException;
import dev.striate.graph.Network;
import dev.striate.recipe.Adjustments;
import dev.striate.recipe.Augmentation;
import dev.striate.recipe.InputSizes;
import dev.striate.recipe.LayerRate;
import dev.striate.recipe.Mining;
import dev.striate.recipe.Precision;
import dev.striate.recipe.Recipe;
import dev.striate.recipe.Recipes;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/// The options that say how to train.
final class RecipeOptions {
    @Option(names = "--recipe", paramLabel = "NAME",
            description = "A paper's recipe by name, or `quick`, one of today's for small data; otherwise the "
                    + "network's own.")
    private Optional<String> recipe;

    @Option(names = "--epochs", paramLabel = "N",
            description = "Another length, such as 20 or 0.5; milestones stay at their shares of the run.")
    private Optional<Double> epochs;

    @Option(names = "--batch-size", paramLabel = "N", converter = BatchSizeConverter.class,
            description = "Another batch size; `auto` halves the recipe's until it fits the memory, and makes up for it "
                    + "by accumulating gradients.")
    private Optional<BatchSize> batchSize;

    @Option(names = "--accumulate", paramLabel = "N",
            description = "Accumulate the gradients of N batches before each step.")
    private Optional<Integer> accumulation;

    @Option(names = "--learning-rate", paramLabel = "R", description = "Another learning rate to start from.")
    private Optional<Double> learningRate;

    @Option(names = "--layer-rate", paramLabel = "REGEX=F", converter = LayerRateConverter.class,
            description = "A factor on the learning rate of the parameters whose whole names match, as in 'conv1.*=0.5'; any "
                    + "number of times.")
    private List<LayerRate> layerRates = List.of();

    @Option(names = "--seed", paramLabel = "S",
            description = "Another seed: for weights, order, augmentation and dropout.")
    private Optional<Long> seed;

    @Option(names = "--precision", paramLabel = "P", converter = PrecisionConverter.class,
            description = "float32, float64 or bf16 (with float32 where it matters).")
    private Optional<Precision> precision;

    @Option(names = "--multi-scale", paramLabel = "SIDES", converter = InputSizesConverter.class,
            description = "Train at random sizes of input, another each 10 steps, as in 320-608 or 320-608:32; `off` keeps "
                    + "to the network's own.")
    private Optional<InputSizes> sizes;

    @Option(names = "--mosaic", paramLabel = "P",
            description = "Join four pictures into one with this probability, as in 0.5; for detection.")
    private Optional<Double> mosaic;

    @Option(names = "--mining", paramLabel = "M", converter = MiningConverter.class,
            description = "random, semi-hard or hard: which triplets of a batch teach, for verification.")
    private Optional<Mining> mining;

    /// What `--batch-size` names: a number of pictures, or none for as many as fit.
    record BatchSize(Optional<Integer> pictures) {}

    /// An earlier name.
    @Option(names = "--batch", hidden = true, converter = BatchSizeConverter.class)
    private Optional<BatchSize> batch;

    /// An earlier name.
    @Option(names = "--rate", hidden = true)
    private Optional<Double> rate;

    private Optional<BatchSize> batchSize() {
        return batchSize.or(() -> batch);
    }

    /// Whether the batch is to be chosen by the memory there is.
    boolean fitsTheBatch() {
        return batchSize().filter(size -> size.pictures().isEmpty()).isPresent();
    }

    Recipe recipe(Network network) {
        var base = recipe.map(name -> Recipes.forInput(Recipes.recipe(name), network.input().size()))
                .orElseGet(() -> Recipes.forNetwork(network.name(), network.input().size()));
        var adjusted = new Adjustments(epochs, batchSize().flatMap(BatchSize::pictures), accumulation,
                learningRate.or(() -> rate), seed, precision).of(base);
        var pace = adjusted.pace();
        var paced = layerRates.isEmpty() ? adjusted
                : adjusted.withDescent(adjusted.descent().withLayerRates(layerRates));
        var sized = paced.withPace(pace.withSizes(sizes.orElseGet(() -> pace.sizes().fitted(network))));
        var mined = mining.map(sized::withMining).orElse(sized);
        return mosaic.map(Augmentation.Mosaic::new).map(mined::withMosaic).orElse(mined);
    }

    static final class LayerRateConverter implements ITypeConverter<LayerRate> {
        @Override
        public LayerRate convert(String text) {
            return LayerRate.of(text);
        }
    }

    static final class MiningConverter implements ITypeConverter<Mining> {
        @Override
        public Mining convert(String text) {
            return switch (text) {
                case "random" -> Mining.RANDOM;
                case "semi-hard" -> Mining.SEMI_HARD;
                case "hard" -> Mining.HARD;
                default -> throw new StriateException("Expected random, semi-hard or hard; received '" + text + "'.");
            };
        }
    }

    static final class BatchSizeConverter implements ITypeConverter<BatchSize> {
        @Override
        public BatchSize convert(String text) {
            if (text.equals("auto")) return new BatchSize(Optional.empty());
            if (text.matches("[1-9]\\d{0,5}")) return new BatchSize(Optional.of(Integer.valueOf(text)));
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
