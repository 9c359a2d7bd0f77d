package dev.striate.vision.verify;

import dev.striate.StriateException;

/// Whose embeddings a gallery holds; the threshold is NaN where there is none.
record GalleryModel(String fingerprint, int dimensions, double threshold) {
    private static final int MOST_DIMENSIONS = 1 << 16;

    GalleryModel {
        if (fingerprint.isBlank() || dimensions < 1 || dimensions > MOST_DIMENSIONS || threshold <= 0) {
            throw new StriateException("A gallery expects the fingerprint of a model, 1 to " + MOST_DIMENSIONS
                    + " dimensions and a threshold above 0, or NaN; received '" + fingerprint + "', " + dimensions
                    + " and " + threshold + ".");
        }
    }

    static GalleryModel of(Embedder embedder) {
        return new GalleryModel(embedder.fingerprint(), embedder.dimensions(), embedder.threshold());
    }

    boolean isOf(String fingerprint, int dimensions) {
        return this.fingerprint.equals(fingerprint) && this.dimensions == dimensions;
    }

    boolean hasThreshold() {
        return !Double.isNaN(threshold);
    }
}
