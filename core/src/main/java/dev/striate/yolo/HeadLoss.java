package dev.striate.yolo;

/// What a head's maps cost a batch.
///
/// @param cost the sum of the squares of Darknet's gradients, which is what Darknet prints
/// @param gradient of the loss with respect to the map, in its layout
/// @param objects how many objects the head answers for
/// @param overlap the sum of IoUs of the boxes that answer with their objects
public record HeadLoss(double cost, float[] gradient, int objects, double overlap) {
    static HeadLoss of(float[] gradient, int objects, double overlap) {
        return new HeadLoss(squares(gradient), gradient, objects, overlap);
    }

    static double squares(float[] values) {
        var sum = 0.0;
        for (var value : values) sum += (double) value * value;
        return sum;
    }
}
