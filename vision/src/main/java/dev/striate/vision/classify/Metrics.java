package dev.striate.vision.classify;

/// One epoch's row: what training and evaluation gave.
///
/// @param waited the share of the training time spent waiting for pictures
public record Metrics(int epoch, long step, double rate, double trainLoss, double trainAccuracy, double loss,
        double accuracy,
        double imagesPerSecond, double waited, double seconds) {

    static String header() {
        return "epoch,step,rate,train_loss,train_accuracy,loss,accuracy,images_per_second,waited,seconds";
    }

    String row() {
        return epoch + "," + step + "," + rate + "," + trainLoss + "," + trainAccuracy + "," + loss + "," + accuracy
                + "," + imagesPerSecond + "," + waited + "," + seconds;
    }
}
