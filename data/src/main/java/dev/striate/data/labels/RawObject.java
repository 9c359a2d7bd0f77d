package dev.striate.data.labels;

/// An object as its file has it, its corners in pixels from the top left; any number may be wrong.
record RawObject(String label, double left, double top, double right, double bottom, boolean difficult,
        Place place) {}
