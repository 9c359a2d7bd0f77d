/// Pairs of pictures that show the same or two that differ, as verification is measured with:
/// [dev.striate.data.pairs.PicturePairs] reads the lists of Labeled Faces in the Wild.
///
/// ```java
/// var pairs = PicturePairs.lfw(Path.of("pairs.txt"), FileTree.of(Path.of("lfw")));
/// var first = Pictures.decode(pairs.pairs().getFirst().first().read(), "the first picture");
/// ```
@NullMarked
package dev.striate.data.pairs;

import org.jspecify.annotations.NullMarked;
