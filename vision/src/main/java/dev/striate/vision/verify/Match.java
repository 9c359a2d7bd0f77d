package dev.striate.vision.verify;

/// A person of a gallery, and the Euclidean distance, not squared, of the nearest of their embeddings.
public record Match(String name, double distance) {}
