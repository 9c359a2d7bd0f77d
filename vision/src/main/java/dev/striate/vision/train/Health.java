package dev.striate.vision.train;

import dev.striate.measure.Figures;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a training's own numbers say of it while it runs: a loss that grows, layers most of whose ReLUs are dead. Each is told
/// once.
final class Health {
    /// By how much the loss must have grown since it began, or since its best epoch.
    private static final double GROWN = 1.5;
    /// Steps before which a mean says little.
    private static final long EARLY = 20;
    /// The share of a layer's channels that may be silent.
    private static final double SILENT = 0.5;

    /// The spread of embeddings below which all pictures get nearly the same.
    private static final double COLLAPSED = 0.05;

    private final Set<String> told = new HashSet<>();
    private double first = Double.NaN;
    private double least = Double.POSITIVE_INFINITY;

    /// What to say of the mean loss since the first epoch began, if anything.
    Optional<String> inFirstEpoch(double loss, long step, double rate) {
        if (Double.isNaN(first)) first = loss;
        return step >= EARLY ? grown(first, loss, "it began with", rate) : Optional.empty();
    }

    /// What to say of an epoch's mean loss, if anything.
    Optional<String> ofEpoch(double loss, double rate) {
        var before = least;
        least = Math.min(least, loss);
        return Double.isInfinite(before) ? Optional.empty() : grown(before, loss, "of an earlier epoch", rate);
    }

    private Optional<String> grown(double from, double to, String since, double rate) {
        if (!(to > GROWN * from && from > 0) || !told.add("loss")) return Optional.empty();
        return Optional.of(
                String.format(Locale.ROOT, "The training loss has grown to %.3g from the %.3g %s, at a learning rate "
                        + "of %.3g: a smaller one or a warm-up may help.", to, from, since, rate));
    }

    /// What to say of embeddings that have become one, by an epoch's means, if anything.
    Optional<String> ofSpread(Map<String, Double> means) {
        var spread = means.getOrDefault("spread", 1.0);
        if (spread >= COLLAPSED || !told.add("spread")) return Optional.empty();
        return Optional.of(String.format(Locale.ROOT,
                "Training has collapsed: all pictures get nearly the same embedding "
                        + "(their spread is %.4f, where 1 is the most, and the loss %.3f). A smaller learning rate, semi-hard instead "
                        + "of hard mining, or a larger batch may help.",
                spread, means.get(Figures.LOSS)));
    }

    /// What to say of layers by the share of their channels that answer to no picture, if anything.
    Optional<String> ofSilence(Map<String, Double> shares, int pictures) {
        var dead = shares.entrySet().stream().filter(each -> each.getValue() > SILENT && told.add(each.getKey()))
                .toList();
        if (dead.isEmpty()) return Optional.empty();
        var worst = dead.stream().max(Map.Entry.comparingByValue()).orElseThrow();
        return Optional.of(String.format(Locale.ROOT,
                "Of the channels of %s %.0f %% answer to none of %d validation pictures%s: "
                        + "dead ReLUs, which a smaller learning rate, another initialisation or leaky ReLUs may avoid.",
                worst.getKey(), 100 * worst.getValue(), pictures,
                dead.size() == 1 ? "" : ", and over half of those of " + (dead.size() - 1) + " more layers"));
    }
}
