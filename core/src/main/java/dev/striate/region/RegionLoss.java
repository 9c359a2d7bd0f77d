package dev.striate.region;

/// A loss and its gradients.
///
/// @param classes of the scores
/// @param boxes of the offsets, with its weight
/// @param scoreGradient as the scores lie
/// @param offsetGradient as the offsets lie
public record RegionLoss(double classes, double boxes, Values scoreGradient, Values offsetGradient) {
    public double total() {
        return classes + boxes;
    }
}
