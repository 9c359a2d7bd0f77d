/// Labelled pictures: IDX files, CIFAR binaries, folders of class folders, the same in a zip.
///
/// Start with [DataSets], which opens any of them, and [DataSet], what they have in common.
///
/// ```java
/// var mnist = DataSets.open("mnist");
/// var digit = mnist.train().picture(0);
/// var few = mnist.train().limit(100);
/// ```
@NullMarked
package dev.striate.data.set;

import org.jspecify.annotations.NullMarked;
