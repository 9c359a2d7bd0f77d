/// Boxes in pictures: [dev.striate.box.Box], how far two of them agree, and what detection computes with them.
///
/// ```java
/// var agreement = new Box(0, 0, 10, 10).iou(new Box(5, 0, 15, 10)); // 1/3
/// ```
@NullMarked
package dev.striate.box;

import org.jspecify.annotations.NullMarked;
