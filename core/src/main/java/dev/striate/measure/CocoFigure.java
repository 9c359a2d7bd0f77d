package dev.striate.measure;

import dev.striate.box.Box;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/// The twelve figures that pycocotools shows: average precisions, and average recalls of the best 1, 10 or 100 detections of
/// a class in a picture; means over overlaps from 0.50 to 0.95 in steps of 0.05 unless named after one.
public enum CocoFigure {
    AP("AP", Size.ALL, 100),
    AP_50("AP50", Size.ALL, 100),
    AP_75("AP75", Size.ALL, 100),
    AP_SMALL("APsmall", Size.SMALL, 100),
    AP_MEDIUM("APmedium", Size.MEDIUM, 100),
    AP_LARGE("APlarge", Size.LARGE, 100),
    AR_1("AR1", Size.ALL, 1),
    AR_10("AR10", Size.ALL, 10),
    AR_100("AR100", Size.ALL, 100),
    AR_SMALL("ARsmall", Size.SMALL, 100),
    AR_MEDIUM("ARmedium", Size.MEDIUM, 100),
    AR_LARGE("ARlarge", Size.LARGE, 100);

    /// Areas in square pixels of the picture, both ends included.
    public enum Size {
        ALL(0, 1e10),
        SMALL(0, 32 * 32),
        MEDIUM(32 * 32, 96 * 96),
        LARGE(96 * 96, 1e10);

        private final double least;
        private final double most;

        Size(double least, double most) {
            this.least = least;
            this.most = most;
        }

        public boolean holds(Box box) {
            return box.area() >= least && box.area() <= most;
        }
    }

    static final double LOWEST_OVERLAP = 0.5;
    static final int MOST_DETECTIONS = 100;
    private static final double AP_75_OVERLAP = 0.75;
    private static final double HIGHEST_OVERLAP = 0.95;
    private static final int OVERLAPS = 10;
    private static final int RECALLS = 101;

    private final String label;
    private final Size size;
    private final int mostDetections;

    CocoFigure(String label, Size size, int mostDetections) {
        this.label = label;
        this.size = size;
        this.mostDetections = mostDetections;
    }

    /// Its usual name: `AP50`, `ARsmall`.
    public String label() {
        return label;
    }

    /// Of which objects.
    public Size size() {
        return size;
    }

    int mostDetections() {
        return mostDetections;
    }

    DoubleStream overlaps() {
        return switch (this) {
            case AP_50 -> DoubleStream.of(LOWEST_OVERLAP);
            case AP_75 -> DoubleStream.of(AP_75_OVERLAP);
            case AP, AP_SMALL, AP_MEDIUM, AP_LARGE, AR_1, AR_10, AR_100, AR_SMALL, AR_MEDIUM, AR_LARGE ->
                evenly(LOWEST_OVERLAP,
                        HIGHEST_OVERLAP, OVERLAPS);
        };
    }

    double of(PrecisionRecall curve) {
        return switch (this) {
            case AP, AP_50, AP_75, AP_SMALL, AP_MEDIUM, AP_LARGE -> curve.at(evenly(0, 1, RECALLS));
            case AR_1, AR_10, AR_100, AR_SMALL, AR_MEDIUM, AR_LARGE -> curve.highestRecall();
        };
    }

    /// Rounded as numpy's `linspace` rounds, since whether a recall of 7/20 reaches 0.35 hangs on it.
    private static DoubleStream evenly(double from, double to, int count) {
        var step = (to - from) / (count - 1);
        return IntStream.range(0, count).mapToDouble(i -> i == count - 1 ? to : i * step + from);
    }
}
