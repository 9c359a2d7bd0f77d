package dev.striate.yolo;

/// The boxes that YOLO v2's map predicts, and their classes.
record RegionBoxes(RegionHead head, AnchorBoxes boxes) {
    /// The probability of each class among its siblings.
    double[] classes(int picture, int anchor, int cell) {
        var shares = new double[head.classes()];
        for (var k = 0; k < shares.length; k++) {
            var value = boxes.map().at(picture, anchor, AnchorMap.CLASS + k, cell);
            shares[k] = head.softmax() ? value : AnchorMap.sigmoid(value);
        }
        return head.softmax() ? head.tree().conditional(shares) : shares;
    }

    /// The product of the probabilities of classes among their siblings: that of the last, where they lead down from a root.
    double probability(int picture, int anchor, int cell, int[] path) {
        var classes = classes(picture, anchor, cell);
        var product = 1.0;
        for (var k : path) product *= classes[k];
        return product;
    }
}
