/// What a detector finds, and the arithmetic around it that needs no network: [dev.striate.detect.Detection], suppression
/// of repeated boxes, anchors.
@NullMarked
package dev.striate.detect;

import org.jspecify.annotations.NullMarked;
