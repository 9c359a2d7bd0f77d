package dev.striate.yolo;

/// The boxes that YOLO v2's map predicts, as shares of the input's sides, and their classes.
record RegionBoxes(RegionHead head, AnchorMap map) {
    double objectness(int picture, int anchor, int cell) {
        return map.logistic(picture, anchor, AnchorMap.OBJECTNESS, cell);
    }

    double x(int picture, int anchor, int cell) {
        return (map.column(cell) + map.logistic(picture, anchor, AnchorMap.X, cell)) / map.size().width();
    }

    double y(int picture, int anchor, int cell) {
        return (map.row(cell) + map.logistic(picture, anchor, AnchorMap.Y, cell)) / map.size().height();
    }

    double width(int picture, int anchor, int cell) {
        return Math.exp(map.at(picture, anchor, AnchorMap.WIDTH, cell)) * head.anchors().get(anchor).width()
                / map.size().width();
    }

    double height(int picture, int anchor, int cell) {
        return Math.exp(map.at(picture, anchor, AnchorMap.HEIGHT, cell)) * head.anchors().get(anchor).height()
                / map.size().height();
    }

    /// The probability of each class among its siblings.
    double[] classes(int picture, int anchor, int cell) {
        var shares = new double[head.classes()];
        for (var k = 0; k < shares.length; k++) {
            var value = map.at(picture, anchor, AnchorMap.CLASS + k, cell);
            shares[k] = head.softmax() ? value : AnchorMap.sigmoid(value);
        }
        return head.softmax() ? head.tree().conditional(shares) : shares;
    }

    /// The absolute probability of a class: the product of those on the path from the root down to it.
    double probability(int picture, int anchor, int cell, int label) {
        var classes = classes(picture, anchor, cell);
        var product = 1.0;
        for (var k : head.tree().path(label)) product *= classes[k];
        return product;
    }
}
