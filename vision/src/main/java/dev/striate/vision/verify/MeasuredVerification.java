package dev.striate.vision.verify;

import dev.striate.data.batch.Preparation;
import dev.striate.data.picture.Pictures;
import dev.striate.data.set.DataSet;
import dev.striate.measure.Figures;
import dev.striate.measure.VerificationCurve;
import dev.striate.task.Task;
import dev.striate.task.Thresholds;
import dev.striate.vision.report.Curves;
import dev.striate.vision.report.Mosaic;
import dev.striate.vision.train.Measured;
import dev.striate.weights.AtomicFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;

/// How well a network tells all pairs of a set's pictures; the rate at which both errors are equal decides.
///
/// @param rankOne the share of pictures whose nearest, among one enrolled picture of each identity, is of their own: the
///        mean over all ways to enrol one
/// @param mistakes the nearest pairs that differ and the farthest that are the same
public record MeasuredVerification(VerificationCurve curve, double rankOne, double picturesPerSecond, DataSet pictures,
        List<Mistake> mistakes) implements Measured {
    static final double PERCENT = 0.01;
    static final double PERMILLE = 0.001;

    /// A pair of pictures by their places in the set.
    public record Mistake(int first, int second, boolean same, double distance) {}

    /// Measures on all pairs of the first 4,000 pictures.
    static MeasuredVerification of(OpenTowers towers, Preparation preparation, DataSet pictures) {
        var few = pictures.limit(AllPairs.MOST);
        var start = System.nanoTime();
        var embeddings = towers.embeddings(preparation, few);
        var speed = few.size() / ((System.nanoTime() - start) / 1e9);
        var pairs = AllPairs.of(embeddings, few, towers.comparison());
        return new MeasuredVerification(pairs.curve(), pairs.identification().overAllChoices(1), speed, few,
                pairs.mistakes());
    }

    @Override
    public Figures figures() {
        var values = new LinkedHashMap<String, Double>();
        values.put("equalError", curve.equalError().rate());
        values.put("rankOne", rankOne);
        curve.trueAcceptance(PERCENT).ifPresent(point -> values.put("TAR at FAR 0.01", point.tar()));
        curve.trueAcceptance(PERMILLE).ifPresent(point -> values.put("TAR at FAR 0.001", point.tar()));
        values.put("area", curve.area());
        return Figures.lowest("equalError", values);
    }

    /// The distances at which to take two pictures for the same.
    public Thresholds thresholds() {
        var equal = curve.equalError();
        return new Thresholds(equal.threshold(), equal.rate(),
                curve.trueAcceptance(PERCENT).map(Thresholds.Accepted::of),
                curve.trueAcceptance(PERMILLE).map(Thresholds.Accepted::of));
    }

    @Override
    public Task chosen(Task task) {
        return task instanceof Task.Verification known ? known.withThresholds(thresholds()) : task;
    }

    /// Draws `roc.png` and `pairs.png`, the worst mistakes, and writes `roc.csv`.
    @Override
    public void draw(Path folder) {
        var corners = curve.corners();
        var far = corners.stream().mapToDouble(VerificationCurve.Point::far).toArray();
        var tar = corners.stream().mapToDouble(VerificationCurve.Point::tar).toArray();
        var title = String.format(Locale.ROOT, "true acceptance; equal error %.4f, area %.4f",
                curve.equalError().rate(),
                curve.area());
        var line = new Curves.Series("TAR", far, tar);
        Pictures.write(Curves.draw(List.of(Curves.Panel.of(title, "false acceptance", line).withShares(),
                Curves.Panel.of("true acceptance where few others are accepted", "false acceptance, logarithmic", line)
                        .withLogarithmicX())),
                folder.resolve("roc.png"));
        var text = new StringBuilder("threshold,far,tar\n");
        for (var point : corners) {
            text.append(point.threshold()).append(',').append(point.far()).append(',').append(point.tar()).append('\n');
        }
        AtomicFile.write(folder.resolve("roc.csv"), text.toString());
        var tiles = mistakes.stream().flatMap(pair -> List.of(tile(pair, pair.first()), tile(pair, pair.second()))
                .stream()).toList();
        Pictures.write(Mosaic.draw("pairs that are told worst, side by side", 8, tiles), folder.resolve("pairs.png"));
    }

    private Mosaic.Tile tile(Mistake pair, int index) {
        return new Mosaic.Tile(pictures.picture(index), List.of(pictures.classes().get(pictures.label(index)),
                String.format(Locale.ROOT, "%s, %.2f", pair.same() ? "the same" : "not the same", pair.distance())));
    }
}
