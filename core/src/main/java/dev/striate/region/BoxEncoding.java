package dev.striate.region;

import dev.striate.StriateException;
import dev.striate.box.Box;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// The box G that a network is to find, as offsets from a box P that it starts from (Girshick et al. 2014, appendix C):
/// `t_x = (G_x − P_x)/P_w`, `t_y = (G_y − P_y)/P_h`, `t_w = ln(G_w/P_w)`, `t_h = ln(G_h/P_h)`, less their means and
/// divided by their deviations. A side shorter than a thousandth of a pixel counts as that long, so that all offsets
/// are finite.
public record BoxEncoding(BoxOffsets means, BoxOffsets deviations) {
    private static final double SHORTEST_SIDE = 1e-3;
    /// A young network may ask for e to any power; no side grows from 16 pixels to more than 1,000.
    private static final double LARGEST_GROWTH = Math.log(1000.0 / 16);
    private static final BoxOffsets ZEROS = new BoxOffsets(0, 0, 0, 0);

    /// The offsets as they are, which region proposal networks learn.
    public static final BoxEncoding PLAIN = new BoxEncoding(ZEROS, new BoxOffsets(1, 1, 1, 1));
    /// The deviations of VOC's proposals about their objects, which serve where none were measured.
    public static final BoxEncoding USUAL = new BoxEncoding(ZEROS, new BoxOffsets(0.1, 0.1, 0.2, 0.2));

    public BoxEncoding {
        for (var i = 0; i < BoxOffsets.COUNT; i++) {
            if (!(deviations.at(i) > 0 && Double.isFinite(deviations.at(i)) && Double.isFinite(means.at(i)))) {
                throw new StriateException("Finite means of offsets and deviations above 0 were expected; received "
                        + means + " and " + deviations + ".");
            }
        }
    }

    /// The encoding that gives these plain offsets a mean of 0 and a deviation of 1 (Girshick 2015, §2.3); offsets that
    /// are all equal keep their deviation of 0.
    public static BoxEncoding measured(List<BoxOffsets> offsets) {
        if (offsets.isEmpty()) throw new StriateException("Means and deviations expect at least one box's offsets.");
        var means = means(offsets);
        var variances = means(offsets.stream().map(one -> one.minus(means)).map(one -> one.times(one)).toList());
        return new BoxEncoding(means, new BoxOffsets(deviation(variances.x()), deviation(variances.y()),
                deviation(variances.width()), deviation(variances.height())));
    }

    private static BoxOffsets means(List<BoxOffsets> offsets) {
        return new BoxOffsets(mean(offsets, BoxOffsets::x), mean(offsets, BoxOffsets::y),
                mean(offsets, BoxOffsets::width), mean(offsets, BoxOffsets::height));
    }

    private static double mean(List<BoxOffsets> offsets, ToDoubleFunction<BoxOffsets> part) {
        return offsets.stream().mapToDouble(part).average().orElseThrow();
    }

    private static double deviation(double variance) {
        return variance == 0 ? 1 : Math.sqrt(variance);
    }

    /// The offsets from one box to another.
    public BoxOffsets encode(Box from, Box to) {
        var width = side(from.width());
        var height = side(from.height());
        return new BoxOffsets((to.centerX() - from.centerX()) / width, (to.centerY() - from.centerY()) / height,
                Math.log(side(to.width()) / width), Math.log(side(to.height()) / height)).minus(means).by(deviations);
    }

    /// The box to which offsets lead, which may reach beyond its picture ([Box#clipped]).
    public Box decode(Box from, BoxOffsets offsets) {
        var plain = offsets.times(deviations).plus(means);
        var width = side(from.width());
        var height = side(from.height());
        return Box.around(from.centerX() + plain.x() * width, from.centerY() + plain.y() * height,
                width * growth(plain.width()), height * growth(plain.height()));
    }

    private static double side(double length) {
        return Math.max(length, SHORTEST_SIDE);
    }

    private static double growth(double logarithm) {
        return Math.exp(Math.min(logarithm, LARGEST_GROWTH));
    }
}
