package dev.striate.zoo;

import dev.striate.graph.Costs;
import dev.striate.graph.Network;
import dev.striate.graph.Shape;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/// A published figure beside the one derived from the network; `derived` is empty where it takes data to measure.
public record Check(Published published, Optional<BigDecimal> derived, Verdict verdict) {

    /// What the comparison says.
    public enum Verdict {
        /// The derived figure, rounded to the decimals of the published one, is the published one.
        AGREES,
        /// It is, once the stated difference is taken away: [Published#why] says where that comes from.
        EXPLAINED,
        DIFFERS,
        /// An accuracy: only training and a data set can tell.
        NEEDS_DATA
    }

    /// Derives every published figure of an entry again, in the order of the table.
    public static List<Check> of(ZooEntry entry) {
        var networks = new HashMap<String, Network>();
        return entry.published().stream()
                .map(published -> of(published,
                        networks.computeIfAbsent(published.at(), at -> network(entry, at))))
                .toList();
    }

    private static Network network(ZooEntry entry, String at) {
        if (at.isEmpty()) return entry.network();
        var number = Integer.parseInt(at.split(" ")[0]);
        return at.endsWith("classes")
                ? entry.network(entry.input(), number)
                : entry.network(new Shape(entry.input().channels(), number, number), entry.classes());
    }

    private static Check of(Published published, Network network) {
        var exact = derive(published.quantity(), network);
        if (exact.isEmpty()) return new Check(published, exact, Verdict.NEEDS_DATA);
        var derived = exact.get().setScale(published.value().scale(), RoundingMode.HALF_UP);
        var agrees = derived.add(published.difference()).compareTo(published.value()) == 0;
        var explained = published.difference().signum() != 0;
        return new Check(published, Optional.of(derived),
                !agrees ? Verdict.DIFFERS : explained ? Verdict.EXPLAINED : Verdict.AGREES);
    }

    private static Optional<BigDecimal> derive(Quantity quantity, Network network) {
        var main = network.atInference();
        return switch (quantity) {
            case PARAMETERS -> count(Costs.of(main).parameters(), 0);
            case PARAMETERS_WITH_HEADS -> count(Costs.of(network).parameters(), 0);
            case MILLION_PARAMETERS -> count(Costs.of(main).parameters(), 6);
            case STORED_FLOATS -> count(Costs.of(main).parameters() + Costs.of(main).buffers(), 0);
            case GMAC -> count(Costs.of(main).macs(), 9);
            case MMAC -> count(Costs.of(main).macs(), 6);
            case BFLOP -> count(2 * Costs.of(main).macs(), 9);
            case TOP_1, TOP_5, MNIST_ERROR, CIFAR_10_ERROR, CIFAR_10_ACCURACY, CIFAR_100_ERROR, LFW_ACCURACY,
                    OMNIGLOT_ACCURACY, VOC_2011_MEAN_IOU ->
                Optional.empty();
        };
    }

    /// A count in units of ten to the power of `decimals`.
    private static Optional<BigDecimal> count(long count, int decimals) {
        return Optional.of(BigDecimal.valueOf(count, decimals));
    }
}
