package dev.striate.yolo;

import dev.striate.graph.Size;

/// The maps of pictures as boxes: for each anchor four numbers of the box, the objectness, and one for each class.
record AnchorMap(float[] values, int anchors, int classes, Size size) {
    static final int X = 0;
    static final int Y = 1;
    static final int WIDTH = 2;
    static final int HEIGHT = 3;
    static final int OBJECTNESS = 4;
    static final int CLASS = 5;

    int cells() {
        return size.area();
    }

    /// Where a number stands; the next entry of the box is [#cells] further.
    int index(int picture, int anchor, int entry, int cell) {
        return ((picture * anchors + anchor) * (CLASS + classes) + entry) * cells() + cell;
    }

    double at(int picture, int anchor, int entry, int cell) {
        return values[index(picture, anchor, entry, cell)];
    }

    double logistic(int picture, int anchor, int entry, int cell) {
        return sigmoid(at(picture, anchor, entry, cell));
    }

    int column(int cell) {
        return cell % size.width();
    }

    int row(int cell) {
        return cell / size.width();
    }

    /// A number below which the logistic function does not reach a probability, whatever is rounded: one comparison instead
    /// of an exponential for nearly all boxes of a picture.
    static double least(double probability) {
        var below = probability * (1 - 1e-9);
        return Math.log(below / (1 - below));
    }

    static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
