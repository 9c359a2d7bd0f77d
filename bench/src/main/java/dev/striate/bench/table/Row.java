package dev.striate.bench.table;

import dev.striate.cli.Contender;
import dev.striate.json.Formerly;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/// One contender on one network: what each of its turns measured, or why there is nothing.
///
/// @param gflop billions of operations that the network costs for one picture
@Formerly(ZooRow.class)
public record Row(String network, int batch, boolean training, double gflop, Contender contender,
        List<Measurement> turns, Optional<String> absence) {
    static final Comparator<Row> ORDER = Comparator.comparing(Row::training).thenComparing(Row::network)
            .thenComparing(Row::batch).thenComparing(Row::contender);

    public Row {
        turns = List.copyOf(turns);
    }

    static Row empty(String network, int batch, boolean training, double gflop, Contender contender) {
        return new Row(network, batch, training, gflop, contender, List.of(), Optional.empty());
    }

    Row with(Measurement turn) {
        var more = new ArrayList<>(turns);
        more.add(turn);
        return new Row(network, batch, training, gflop, contender, more, absence);
    }

    Row without(String reason) {
        return new Row(network, batch, training, gflop, contender, List.of(), Optional.of(reason));
    }

    /// Whether both say the same thing about the same work.
    boolean isAbout(Row other) {
        return work().equals(other.work()) && contender == other.contender;
    }

    /// The network, the batch and the kind of work: what contenders are compared on.
    Work work() {
        return new Work(network, batch, training);
    }

    record Work(String network, int batch, boolean training) {
        @Override
        public String toString() {
            return network + (training ? ", training step of " : ", batch ") + batch;
        }
    }

    boolean isMeasured() {
        return !turns.isEmpty();
    }

    double picturesPerSecond() {
        return median(Measurement::picturesPerSecond);
    }

    /// Half the range of the turns relative to their median; of a single turn, half the distance of its quartiles.
    double spread() {
        if (turns.size() == 1) return turns.getFirst().spread();
        var range = turns.stream().mapToDouble(Measurement::picturesPerSecond).summaryStatistics();
        return (range.getMax() - range.getMin()) / 2 / picturesPerSecond();
    }

    double firstResultSeconds() {
        return median(Measurement::firstResultSeconds);
    }

    long peakBytes() {
        return (long) median(Measurement::peakBytes);
    }

    String version() {
        return isMeasured() ? turns.getFirst().version() : "";
    }

    private double median(ToDoubleFunction<Measurement> figure) {
        var values = turns.stream().mapToDouble(figure).sorted().toArray();
        var middle = values.length / 2;
        return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
