package dev.striate.data.labels;

import dev.striate.graph.Size;
import java.util.List;
import java.util.Optional;

/// A picture's objects as its file has them, and the size that the file says it has.
record RawPicture(String picture, Role role, Optional<Size> stated, List<RawObject> objects, Place place) {}
