/// Whether two pictures show the same: networks that give embeddings, or compare pairs, trained on pairs and triplets.
///
/// Begin with [Verifier]. [Verification] is what training asks for, [MeasuredVerification] what an evaluation finds.
///
/// ```java
/// try (var verifier = Verifier.open(Path.of("runs/embedding_small-faces-1"))) {
///     System.out.println(verifier.compare(Path.of("a.jpg"), Path.of("b.jpg")));
/// }
/// ```
@NullMarked
package dev.striate.vision.verify;

import org.jspecify.annotations.NullMarked;
