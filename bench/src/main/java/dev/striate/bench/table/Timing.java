package dev.striate.bench.table;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// The seconds of each of some runs, sorted.
record Timing(List<Double> seconds) {
    private static final int WARM_UP = 2;
    private static final int ENOUGH = 5;
    private static final int AT_LEAST = 3;

    Timing {
        seconds = seconds.stream().sorted().toList();
    }

    /// Warms up for half the time, then times runs for so many seconds: five of them at least, or three where these take
    /// three times as long.
    static Timing of(Runnable run, double seconds) {
        var start = System.nanoTime();
        for (var i = 0; i < WARM_UP || since(start) < seconds / 2; i++) run.run();
        var times = new ArrayList<Double>();
        start = System.nanoTime();
        while (!isEnough(times.size(), since(start), seconds)) {
            var before = System.nanoTime();
            run.run();
            times.add(since(before));
        }
        return new Timing(Collections.unmodifiableList(times));
    }

    private static boolean isEnough(int runs, double passed, double seconds) {
        return runs >= ENOUGH && passed >= seconds || runs >= AT_LEAST && passed >= 3 * seconds;
    }

    private static double since(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }

    double median() {
        return quantile(0.5);
    }

    /// Half the distance between the quartiles, relative to the median.
    double spread() {
        return (quantile(0.75) - quantile(0.25)) / 2 / median();
    }

    /// Linear between the two nearest runs.
    double quantile(double share) {
        var place = share * (seconds.size() - 1);
        var low = seconds.get((int) Math.floor(place));
        var high = seconds.get((int) Math.ceil(place));
        return low + (high - low) * (place - Math.floor(place));
    }
}
