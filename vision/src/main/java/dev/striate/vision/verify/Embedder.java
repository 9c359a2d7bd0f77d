package dev.striate.vision.verify;

import dev.striate.data.picture.Picture;

/// What makes an embedding of a picture: a point whose squared Euclidean distance from that of another picture is small
/// where both show the same person.
public interface Embedder {
    /// Two embedders with one fingerprint make the same embeddings; those of another cannot be compared with them.
    String fingerprint();

    /// The values of an embedding.
    int dimensions();

    float[] embedding(Picture picture);

    /// The Euclidean distance, not squared, below which two pictures are taken to show the same person; NaN where none
    /// was chosen.
    double threshold();
}
