package dev.striate.yolo;

import static dev.striate.yolo.AnchorMap.HEIGHT;
import static dev.striate.yolo.AnchorMap.OBJECTNESS;
import static dev.striate.yolo.AnchorMap.WIDTH;
import static dev.striate.yolo.AnchorMap.X;
import static dev.striate.yolo.AnchorMap.Y;

import dev.striate.detect.BoxSize;
import dev.striate.graph.Size;
import java.util.List;

/// The boxes that a map with anchors predicts: `x = σ(t_x) + c_x`, `w = p_w e^(t_w)`.
///
/// @param anchors those of the map
/// @param unit how many of the anchors' units the input is wide and high
/// @param stretch how far beyond its cell a centre may lie; 1 for not at all
record AnchorBoxes(AnchorMap map, List<BoxSize> anchors, Size unit, double stretch) {
    double objectness(int picture, int anchor, int cell) {
        return map.logistic(picture, anchor, OBJECTNESS, cell);
    }

    /// The box as shares of the input's sides.
    Located box(int picture, int anchor, int cell) {
        var shape = anchors.get(anchor);
        return new Located((map.column(cell) + within(picture, anchor, X, cell)) / map.size().width(),
                (map.row(cell) + within(picture, anchor, Y, cell)) / map.size().height(),
                Math.exp(map.at(picture, anchor, WIDTH, cell)) * shape.width() / unit.width(),
                Math.exp(map.at(picture, anchor, HEIGHT, cell)) * shape.height() / unit.height());
    }

    /// Where in its cell the centre lies.
    private double within(int picture, int anchor, int entry, int cell) {
        return stretch * map.logistic(picture, anchor, entry, cell) - (stretch - 1) / 2;
    }

    /// The cell that holds an object's centre.
    int cell(Truth truth) {
        return truth.cell(map.size());
    }

    /// How well an object has the shape of an anchor.
    double iou(Truth truth, BoxSize anchor) {
        return truth.iou(anchor.width() / unit.width(), anchor.height() / unit.height());
    }

    /// How far a box is from its object, in the map's own numbers: the gradients of half squares, for centres inside the
    /// logistic function.
    double[] errors(int picture, int anchor, int cell, Truth truth) {
        var shape = anchors.get(anchor);
        return new double[] {
                within(picture, anchor, X, cell) - (truth.x() * map.size().width() - map.column(cell)),
                within(picture, anchor, Y, cell) - (truth.y() * map.size().height() - map.row(cell)),
                map.at(picture, anchor, WIDTH, cell) - Math.log(truth.width() * unit.width() / shape.width()),
                map.at(picture, anchor, HEIGHT, cell) - Math.log(truth.height() * unit.height() / shape.height()) };
    }
}
