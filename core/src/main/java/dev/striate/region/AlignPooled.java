package dev.striate.region;

import java.util.List;

/// Means of bilinear samples, and how their gradient is shared among the cells that they were taken from.
///
/// @param rows the samples of each region from top to bottom
/// @param columns and from left to right
/// @param samples in each direction of a bin
record AlignPooled(PooledLayout layout, Values values, List<Samples> rows, List<Samples> columns, int samples)
        implements PooledRegions {

    static AlignPooled of(PooledLayout layout, List<Samples> rows, List<Samples> columns, int samples) {
        var values = layout.maps().values().zeros(layout.length());
        var pooled = new AlignPooled(layout, values, rows, columns, samples);
        pooled.fill();
        return pooled;
    }

    private void fill() {
        layout.forEach((region, pooled, map) -> {
            for (var bin = 0; bin < layout.bins().area(); bin++) {
                values.set(pooled + bin, mean(region, bin, map));
            }
        });
    }

    private double mean(int region, int bin, int map) {
        var y = rows.get(region);
        var x = columns.get(region);
        var row = bin / layout.bins().width() * samples;
        var column = bin % layout.bins().width() * samples;
        var sum = 0.0;
        for (var i = row; i < row + samples; i++) {
            if (y.lowShare()[i] != 0) sum += y.lowShare()[i] * alongRow(x, column, start(map, y.low()[i]));
            if (y.highShare()[i] != 0) sum += y.highShare()[i] * alongRow(x, column, start(map, y.high()[i]));
        }
        return sum / (samples * samples);
    }

    private double alongRow(Samples x, int column, int row) {
        var features = layout.maps().values();
        var sum = 0.0;
        for (var i = column; i < column + samples; i++) {
            sum += x.lowShare()[i] * features.get(row + x.low()[i])
                    + x.highShare()[i] * features.get(row + x.high()[i]);
        }
        return sum;
    }

    private int start(int map, int row) {
        return map + row * layout.maps().shape().width();
    }

    @Override
    public Values gradient(Values upstream) {
        layout.check(upstream);
        var features = layout.maps().values();
        var gradient = features.zeros(features.length());
        layout.forEach((region, pooled, map) -> {
            for (var bin = 0; bin < layout.bins().area(); bin++) {
                share(upstream.get(pooled + bin) / (samples * samples), region, bin, map, gradient);
            }
        });
        return gradient;
    }

    private void share(double slope, int region, int bin, int map, Values gradient) {
        var y = rows.get(region);
        var x = columns.get(region);
        var row = bin / layout.bins().width() * samples;
        var column = bin % layout.bins().width() * samples;
        for (var i = row; i < row + samples; i++) {
            shareAlongRow(slope * y.lowShare()[i], x, column, start(map, y.low()[i]), gradient);
            shareAlongRow(slope * y.highShare()[i], x, column, start(map, y.high()[i]), gradient);
        }
    }

    private void shareAlongRow(double slope, Samples x, int column, int row, Values gradient) {
        if (slope == 0) return;
        for (var i = column; i < column + samples; i++) {
            gradient.add(row + x.low()[i], slope * x.lowShare()[i]);
            gradient.add(row + x.high()[i], slope * x.highShare()[i]);
        }
    }
}
