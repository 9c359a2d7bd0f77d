/// Whose face is this? [Embedder] makes a point of each face, near those of the same person, and [Gallery] keeps such
/// points under names and finds the nearest.
///
/// ```java
/// try (var gallery = Gallery.openOrCreate(Path.of("staff.gallery"), embedder)) {
///     gallery.enrol("Anna", List.of(embedder.embedding(picture)));
///     var nearest = gallery.nearest(embedder.embedding(other), 5).getFirst();
///     var isKnown = nearest.distance() < gallery.threshold();
/// }
/// ```
@NullMarked
package dev.striate.vision.verify;

import org.jspecify.annotations.NullMarked;
