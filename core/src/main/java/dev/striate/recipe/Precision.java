package dev.striate.recipe;

/// The numbers that training computes with; `BF16_MIXED` keeps normalisation, loss and master weights in float32.
public enum Precision {
    FLOAT32,
    FLOAT64,
    BF16_MIXED
}
