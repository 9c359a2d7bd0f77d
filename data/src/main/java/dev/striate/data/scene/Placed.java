package dev.striate.data.scene;

/// A figure at a place: its centre and the radius of the circle about it in pixels, turned by `angle` radians.
record Placed(Figure figure, double x, double y, double radius, double angle) {
    /// Whether another's middle lies so near that one would hide much of the other.
    boolean isOver(Placed other) {
        return Math.hypot(x - other.x, y - other.y) < 0.75 * Math.max(radius, other.radius);
    }
}
