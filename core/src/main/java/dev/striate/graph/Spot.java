package dev.striate.graph;

/// Where a box or a port lies on a strip of a drawing: its row and column, its middle and size in pixels.
record Spot(int row, double column, double x, double y, double width, double height) {
    double left() {
        return x - width / 2;
    }

    double right() {
        return x + width / 2;
    }

    double top() {
        return y - height / 2;
    }

    double bottom() {
        return y + height / 2;
    }

    Spot moved(double byX) {
        return new Spot(row, column, x + byX, y, width, height);
    }
}
