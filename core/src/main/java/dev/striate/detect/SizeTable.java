package dev.striate.detect;

import dev.striate.text.TextTable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.ToDoubleFunction;

/// How large the objects of a data set are, class by class, in pixels of a network's input; classes without objects are
/// left out.
///
/// @param all the objects of all classes together
public record SizeTable(List<Row> classes, Row all) {
    private static final double LOW = 0.1;
    private static final double MIDDLE = 0.5;
    private static final double HIGH = 0.9;
    private static final int[] STRIDES = { 8, 16, 32 };

    /// The objects of one class.
    ///
    /// @param below8 how many are shorter than 8 pixels on both sides; and so on
    public record Row(String name, int objects, Sides width, Sides height, int below8, int below16, int below32) {}

    /// Sides that a tenth, half and nine tenths of the objects do not exceed; 0 where there are none.
    public record Sides(double tenth, double half, double nineTenths) {}

    public SizeTable {
        classes = List.copyOf(classes);
    }

    /// Of the boxes of each class, by its name.
    public static SizeTable of(SequencedMap<String, List<BoxSize>> boxes) {
        var all = boxes.values().stream().flatMap(List::stream).toList();
        var rows = new ArrayList<Row>();
        boxes.forEach((name, sizes) -> {
            if (!sizes.isEmpty()) rows.add(row(name, sizes));
        });
        return new SizeTable(rows, row("all", all));
    }

    private static Row row(String name, List<BoxSize> sizes) {
        return new Row(name, sizes.size(), sides(sizes, BoxSize::width), sides(sizes, BoxSize::height),
                below(sizes, STRIDES[0]), below(sizes, STRIDES[1]), below(sizes, STRIDES[2]));
    }

    private static Sides sides(List<BoxSize> sizes, ToDoubleFunction<BoxSize> side) {
        if (sizes.isEmpty()) return new Sides(0, 0, 0);
        var sorted = sizes.stream().mapToDouble(side).sorted().toArray();
        return new Sides(quantile(sorted, LOW), quantile(sorted, MIDDLE), quantile(sorted, HIGH));
    }

    /// The smallest value that this share of all values does not exceed.
    private static double quantile(double[] sorted, double share) {
        return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }

    private static int below(List<BoxSize> sizes, int stride) {
        return (int) sizes.stream().filter(size -> Math.max(size.width(), size.height()) < stride).count();
    }

    @Override
    public String toString() {
        var table = new TextTable("class", "objects", "width 10 %", "50 %", "90 %", "height 10 %", "50 %", "90 %",
                "< 8", "< 16", "< 32");
        classes.forEach(row -> add(table, row));
        if (classes.size() > 1) add(table.rule(), all);
        return table.toString();
    }

    private static void add(TextTable table, Row row) {
        table.row(row.name(), (long) row.objects(), pixels(row.width().tenth()), pixels(row.width().half()),
                pixels(row.width().nineTenths()), pixels(row.height().tenth()), pixels(row.height().half()),
                pixels(row.height().nineTenths()), (long) row.below8(), (long) row.below16(), (long) row.below32());
    }

    private static BigDecimal pixels(double side) {
        return BigDecimal.valueOf(side).setScale(1, RoundingMode.HALF_UP);
    }
}
