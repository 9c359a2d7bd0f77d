package dev.striate.torch;

/// What a ReLU lets through on the way back.
public enum ReluGradient {
    /// The gradient, where the input was positive.
    TRUE,
    /// A gradient that is positive, wherever the input was: the deconvnet of Zeiler and Fergus 2014, §2.1.
    DECONVNET,
    /// A gradient that is positive, where the input was: guided backpropagation (Springenberg et al. 2015, §3.4).
    GUIDED
}
