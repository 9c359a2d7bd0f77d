/// The files of a data set, in a folder or in a zip: [dev.striate.data.files.FileTree].
///
/// ```java
/// var tree = FileTree.of(Path.of("flowers.zip"));
/// var first = tree.read(tree.files().getFirst());
/// ```
@NullMarked
package dev.striate.data.files;

import org.jspecify.annotations.NullMarked;
