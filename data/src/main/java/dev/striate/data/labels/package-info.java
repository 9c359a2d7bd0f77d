/// Label files of other programs: PASCAL VOC's XML, COCO's JSON, Darknet's text, and masks as PNGs of class numbers. All
/// of them become the same targets, in pixels from the top left corner, and can be written again.
///
/// Start with [dev.striate.data.labels.LabelFiles], which finds out what a folder or a zip holds and reads it; what is
/// wrong with a label becomes a [dev.striate.data.labels.Problem] that names its file and line.
///
/// ```java
/// var tree = FileTree.of(Path.of("bccd.zip"));
/// var labelled = LabelFiles.read(tree, LabelFiles.format(tree).orElseThrow());
/// ```
@NullMarked
package dev.striate.data.labels;

import org.jspecify.annotations.NullMarked;
