package dev.striate.region;

import dev.striate.StriateException;
import dev.striate.box.Box;
import java.util.List;
import java.util.function.IntUnaryOperator;

/// What a detector's head and a region proposal network minimise, with its gradients.
///
/// @param boxWeight λ, what the boxes weigh beside the classes
/// @param smooth the loss of each offset
public record RegionLosses(double boxWeight, SmoothL1 smooth) {
    public RegionLosses {
        if (!(boxWeight >= 0 && Double.isFinite(boxWeight))) {
            throw new StriateException("A weight of the boxes from 0 was expected; received " + boxWeight + ".");
        }
    }

    /// The head's: λ = 1 and β = 1 (Girshick 2015, §2.3).
    public static RegionLosses ofHead() {
        return new RegionLosses(1, new SmoothL1(1));
    }

    /// The region proposal network's: λ = 10, and β = 1/9 as in the published code (Ren et al. 2015, §3.1.2).
    public static RegionLosses ofProposals() {
        return new RegionLosses(10, SmoothL1.ofSigma(3));
    }

    /// The mean over the regions of `L_cls + λ [u ≥ 1] L_loc` (Girshick 2015, §2.3, eq. 1): softmax cross entropy over
    /// the classes and the background, and of a region on an object the sum over the four offsets of its class u.
    ///
    /// @param rows what each row is to learn
    public RegionLoss head(HeadOutputs outputs, List<Assigned> rows, BoxEncoding encoding) {
        if (rows.size() != outputs.regions()) {
            throw new StriateException("A head that gives " + outputs.regions() + " rows expects what as many regions "
                    + "are to learn; received " + rows.size() + ".");
        }
        var entropy = new SoftmaxCrossEntropy(outputs.classes() + 1);
        var gradients = new Sums(outputs.scores(), outputs.offsets());
        for (var row = 0; row < rows.size(); row++) {
            var at = row;
            var label = switch (rows.get(row)) {
                case Assigned.Background _ -> 0;
                case Assigned.Foreground foreground -> {
                    var error = outputs.offsets(row, foreground.label())
                            .minus(encoding.encode(foreground.box(), foreground.object()));
                    gradients.addBox(error, boxWeight / rows.size(),
                            i -> outputs.offset(at, foreground.label()) + i);
                    yield foreground.label() + 1;
                }
            };
            gradients.classes += entropy.value(outputs.scores(), row, label) / rows.size();
            entropy.addGradient(outputs.scores(), row, label, 1.0 / rows.size(), gradients.scores);
        }
        return gradients.loss();
    }

    /// The mean over the pictures of `1/N_cls Σ L_cls + λ 1/N_reg Σ p* L_reg` (Ren et al. 2015, §3.1.2, eq. 1): N_cls
    /// is how many anchors learn, N_reg how many cells the map has.
    ///
    /// @param pictures the anchors of each picture that learn
    public RegionLoss proposals(RpnMaps maps, List<List<Assigned>> pictures) {
        if (pictures.size() != maps.pictures()) {
            throw new StriateException(
                    "Maps of " + maps.pictures() + " pictures expect what the anchors of as many are "
                            + "to learn; received " + pictures.size() + ".");
        }
        var gradients = new Sums(maps.scores(), maps.offsets());
        for (var picture = 0; picture < pictures.size(); picture++) {
            var anchors = pictures.get(picture);
            for (var anchor : anchors) {
                var share = 1.0 / pictures.size() / anchors.size();
                addAnchor(maps, picture, anchor, share, gradients);
            }
        }
        return gradients.loss();
    }

    private void addAnchor(RpnMaps maps, int picture, Assigned anchor, double share, Sums gradients) {
        var logit = maps.logit(picture, anchor.index());
        var target = switch (anchor) {
            case Assigned.Background _ -> 0;
            case Assigned.Foreground(int index, Box box, Box object, _) -> {
                gradients.addBox(maps.offsets(picture, index).minus(BoxEncoding.PLAIN.encode(box, object)),
                        boxWeight / maps.pictures() / maps.map().area(), i -> maps.offset(picture, index, i));
                yield 1;
            }
        };
        gradients.classes += share * BinaryCrossEntropy.value(logit, target);
        maps.addSlope(picture, anchor.index(), share * BinaryCrossEntropy.slope(logit, target), gradients.scores);
    }

    /// A loss as it adds up.
    private final class Sums {
        private final Values scores;
        private final Values offsets;
        private double classes;
        private double boxes;

        Sums(Values scores, Values offsets) {
            this.scores = scores.zeros(scores.length());
            this.offsets = offsets.zeros(offsets.length());
        }

        /// The errors of four offsets, each at its place.
        void addBox(BoxOffsets errors, double weight, IntUnaryOperator place) {
            for (var i = 0; i < BoxOffsets.COUNT; i++) {
                boxes += weight * smooth.value(errors.at(i));
                offsets.add(place.applyAsInt(i), weight * smooth.slope(errors.at(i)));
            }
        }

        RegionLoss loss() {
            return new RegionLoss(classes, boxes, scores, offsets);
        }
    }
}
