package dev.striate.onednn.winograd;

import dev.striate.graph.Shape;

/// A batch of pictures, N×H×W×C, and the outputs of a 3×3 convolution of it, cut into tiles of 4×4 outputs, each of which
/// sees 6×6 inputs.
///
/// @param x the pictures
/// @param y the outputs
/// @param padding zeros around the pictures, on all four sides
public record Tiling(int pictures, Shape x, Shape y, int padding) {
    /// The inputs that a tile sees along one side.
    public static final int SIDE = 6;
    /// The inputs that a tile sees, and the matrix products that there are.
    public static final int AREA = SIDE * SIDE;
    static final int OUTPUTS = 4;
    /// √½: polynomials are interpolated at 0, ±√½, ±√2 and ∞.
    static final float NEAR = (float) Math.sqrt(0.5);
    /// √2.
    static final float FAR = 2 * NEAR;

    /// Tiles side by side.
    public int columns() {
        return Math.ceilDiv(y.width(), OUTPUTS);
    }

    /// Rows of tiles of one picture.
    public int rowsPerPicture() {
        return Math.ceilDiv(y.height(), OUTPUTS);
    }

    /// Rows of tiles of all pictures.
    public int rows() {
        return pictures * rowsPerPicture();
    }

    /// As many rows of tiles as hold at most so many tiles, in chunks of about the same size, as many for each thread; the
    /// last may have fewer.
    public int rowsPerChunk(int mostTiles, int threads) {
        var most = Math.max(1, mostTiles / columns());
        var rounds = Math.ceilDiv(Math.ceilDiv(rows(), most), threads);
        return Math.ceilDiv(rows(), rounds * threads);
    }

    /// The same for the way back: from gradients of the outputs to those of the pictures.
    public Tiling reversed() {
        return new Tiling(pictures, y, x, 2 - padding);
    }

    /// The first byte of a row of pixels or of a row within a row of tiles; −1 outside the picture.
    long place(Shape shape, int row, int height) {
        if (height < 0 || height >= shape.height()) return -1;
        var picture = (long) (row / rowsPerPicture());
        return (picture * shape.height() + height) * shape.width() * shape.channels() * Float.BYTES;
    }

    /// The first row of outputs of a row of tiles, within its picture.
    int top(int row) {
        return row % rowsPerPicture() * OUTPUTS;
    }
}
