/// Whether two pictures show the same: networks that give embeddings, or compare pairs, trained on pairs and triplets; and
/// a [Gallery] of the embeddings of known people.
///
/// Begin with [Verifier]. [Verification] is what training asks for, [MeasuredVerification] what an evaluation finds.
///
/// ```java
/// try (var verifier = Verifier.open(Path.of("faces.safetensors"));
///         var gallery = Gallery.openOrCreate(Path.of("staff.gallery"), verifier.embedder())) {
///     System.out.println(verifier.compare(Path.of("a.jpg"), Path.of("b.jpg")));
///     gallery.enrol("Anna", List.of(verifier.embedding(Pictures.read(Path.of("a.jpg")))));
///     System.out.println(gallery.nearest(verifier.embedding(Pictures.read(Path.of("b.jpg"))), 5));
/// }
/// ```
@NullMarked
package dev.striate.vision.verify;

import org.jspecify.annotations.NullMarked;
