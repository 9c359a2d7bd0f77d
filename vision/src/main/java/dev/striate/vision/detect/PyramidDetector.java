package dev.striate.vision.detect;

import dev.striate.StriateException;
import dev.striate.box.Box;
import dev.striate.data.batch.Preparation;
import dev.striate.data.picture.Picture;
import dev.striate.data.set.DataSet;
import dev.striate.detect.Detection;
import dev.striate.detect.NonMaximumSuppression;
import dev.striate.graph.Network;
import dev.striate.graph.Size;
import dev.striate.region.BoxEncoding;
import dev.striate.region.ChannelsLastMaps;
import dev.striate.region.Region;
import dev.striate.region.RegionDecoding;
import dev.striate.region.RegionDetector;
import dev.striate.region.Values;
import dev.striate.vision.Inference;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A detector with regions that sees each picture at several sizes, an image pyramid (Girshick 2015, §2.4): every proposal is
/// pooled where its area is nearest 224² pixels, for networks whose pictures have a shorter side of 600, and in proportion for
/// others.
final class PyramidDetector implements ObjectFinder {
    private static final double SIDE = 224.0 / 600;
    private static final int PROPOSALS = 2000;

    private final List<String> labels;
    private final BoxFinder finder;
    private final HeadPass head;
    private final List<Level> levels;
    private final double area;

    /// @param scales of the network's own input, above 0
    PyramidDetector(List<String> labels, BoxFinder finder, Network network, Inference inference, List<Double> scales) {
        if (!RegionDetector.isIn(network)) {
            throw StriateException.network("An image pyramid expects a detector with regions; " + network.name()
                    + " finds objects at once.");
        }
        this.labels = labels;
        this.finder = finder;
        var own = RegionDetector.of(network);
        head = HeadPass.of(own, inference);
        levels = scales.stream().map(scale -> Level.of(network, inference, finder.preparation(), scale)).toList();
        var side = SIDE * Math.min(own.input().width(), own.input().height());
        area = side * side;
    }

    /// One size of the pictures.
    private record Level(RegionDetector detector, Inference features, Preparation preparation) {
        static Level of(Network network, Inference inference, Preparation usual, double scale) {
            if (!(scale > 0 && Double.isFinite(scale))) {
                throw new StriateException("Scales of an image pyramid above 0 were expected; received " + scale + ".");
            }
            var stride = RegionDetector.cut(network).stride();
            var size = network.input().size();
            var level = new Size(rounded(size.height() * scale, stride), rounded(size.width() * scale, stride));
            var detector = RegionDetector.of(network.withInput(network.input().withSize(level)));
            return new Level(detector, inference.part(detector.features(), 1),
                    new Preparation(usual.preprocessing().withSize(level)));
        }

        private static int rounded(double side, int stride) {
            return Math.toIntExact(Math.max(1, Math.round(side / stride)) * stride);
        }

        /// How far a box of a picture is from an area, once the picture is prepared for this level.
        double distance(Box box, Size picture, double area) {
            return Math.abs(preparation.placement(picture).of(box).area() - area);
        }

        List<Detection> find(Picture picture, List<Box> boxes, HeadPass head, double score) {
            try (var arena = Arena.ofConfined()) {
                var pixels = preparation.prepared(picture, arena);
                var outputs = features.run(pixels, 1);
                var maps = ChannelsLastMaps.of(detector.maps(Values.of(outputs.get(RegionDetector.FEATURES))));
                var placement = preparation.placement(picture.size());
                var placed = boxes.stream().map(placement::of).toList();
                var answers = head.of(maps, placed.stream().map(box -> new Region(0, box)).toList());
                return BoxFinder.moved(new RegionDecoding(score, 1, Integer.MAX_VALUE).of(answers, placed,
                        BoxEncoding.USUAL, detector.input()), placement.inverse());
            }
        }
    }

    @Override
    public List<String> labels() {
        return labels;
    }

    @Override
    public List<Detection> detect(Picture picture, Thresholds thresholds) {
        var proposals = finder.proposals(picture, PROPOSALS);
        var found = new ArrayList<Detection>();
        for (var level : levels) {
            var own = proposals.stream().filter(box -> nearest(box, picture.size()).equals(level)).toList();
            if (!own.isEmpty()) found.addAll(level.find(picture, own, head, thresholds.score()));
        }
        return NonMaximumSuppression.of(RegionFinder.inside(found, picture.size()), thresholds.overlap(),
                RegionFinder.MOST);
    }

    private Level nearest(Box box, Size picture) {
        return levels.stream().min(Comparator.comparingDouble(level -> level.distance(box, picture, area)))
                .orElseThrow();
    }

    MeasuredDetection evaluate(DataSet pictures) {
        return MeasuredDetection.of(this, pictures, Thresholds.DEFAULT.overlap());
    }
}
