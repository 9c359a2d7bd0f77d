package dev.striate.yolo;

/// A predicted box by centre, width and height, as shares of the input's sides.
record Located(double x, double y, double width, double height) {}
