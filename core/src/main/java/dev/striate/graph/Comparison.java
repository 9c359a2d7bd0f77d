package dev.striate.graph;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Two networks beside each other: what they cost in all, and where, by the size of the maps that their layers give.
///
/// Networks of different families share no layer names, but each goes from large maps to small ones.
public record Comparison(Network first, Network second, Summary.Totals firstTotals, Summary.Totals secondTotals,
        List<Stage> stages) {
    /// The layers of both networks that give maps of this size; 1×1 holds the fully connected ones too.
    public record Stage(Size maps, Share first, Share second) {}

    /// What a network has at a stage: convolutions and fully connected layers, the most channels, and what they cost.
    public record Share(int layers, int channels, long parameters, long macs) {}

    public Comparison {
        stages = List.copyOf(stages);
    }

    public static Comparison of(Network first, Network second) {
        var a = Summary.folded(first);
        var b = Summary.folded(second);
        var sizes = Stream.concat(a.rows().stream(), b.rows().stream()).map(row -> row.output().size()).distinct()
                .sorted(Comparator.comparingLong(Size::area).reversed().thenComparing(Size::height))
                .toList();
        var stages = new ArrayList<Stage>();
        for (var size : sizes) stages.add(new Stage(size, share(a, size), share(b, size)));
        return new Comparison(first, second, a.totals(), b.totals(), stages);
    }

    private static Share share(Summary summary, Size size) {
        var rows = summary.rows().stream().filter(row -> row.output().size().equals(size)).toList();
        var layers = rows.stream().filter(row -> row.macs() > 0).toList();
        return new Share(layers.size(), layers.stream().mapToInt(row -> row.output().channels()).max().orElse(0),
                rows.stream().mapToLong(Summary.Row::parameters).sum(),
                rows.stream().mapToLong(Summary.Row::macs).sum());
    }
}
