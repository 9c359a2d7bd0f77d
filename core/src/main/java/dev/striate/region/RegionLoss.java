package dev.striate.region;

/// A loss and its gradients.
///
/// @param classes of the scores
/// @param boxes of the offsets, with its weight
/// @param scoreGradient as the scores lie
/// @param offsetGradient as the offsets lie
public record RegionLoss(double classes, double boxes, Values scoreGradient, Values offsetGradient) {
    /// Of nothing.
    public static final RegionLoss NONE = new RegionLoss(0, 0, Values.of(new float[0]), Values.of(new float[0]));

    public double total() {
        return classes + boxes;
    }
}
