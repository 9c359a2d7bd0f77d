package dev.striate.zoo;

import dev.striate.StriateException;
import java.util.stream.Stream;

/// What a published figure counts.
public enum Quantity {
    /// Trained values, without auxiliary heads.
    PARAMETERS("parameters"),
    PARAMETERS_WITH_HEADS("parameters with heads"),
    MILLION_PARAMETERS("million parameters"),
    /// Trained values and running statistics: what a weights file holds.
    STORED_FLOATS("stored floats"),
    /// Billions of multiply-accumulates of convolutions and fully connected layers for one picture.
    GMAC("GMAC"),
    MMAC("MMAC"),
    /// Billions of floating point operations, two for each multiply-accumulate.
    BFLOP("BFLOP"),
    /// Accuracy on ImageNet, in percent; these and all below take data to measure.
    TOP_1("top-1"),
    TOP_5("top-5"),
    MNIST_ERROR("MNIST error"),
    CIFAR_10_ERROR("CIFAR-10 error"),
    CIFAR_10_ACCURACY("CIFAR-10 accuracy"),
    CIFAR_100_ERROR("CIFAR-100 error"),
    LFW_ACCURACY("LFW accuracy"),
    OMNIGLOT_ACCURACY("Omniglot accuracy"),
    /// The mean over classes of intersection over union, in percent.
    VOC_2011_MEAN_IOU("VOC 2011 mean IoU");

    private final String label;

    Quantity(String label) {
        this.label = label;
    }

    /// The quantity as tables print it.
    public String label() {
        return label;
    }

    /// Whether it takes data to measure: an accuracy or an error, in percent.
    public boolean isMeasured() {
        return compareTo(TOP_1) >= 0;
    }

    static Quantity of(String label) {
        return Stream.of(values())
                .filter(quantity -> quantity.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new StriateException("No published quantity is called '" + label + "'."));
    }
}
