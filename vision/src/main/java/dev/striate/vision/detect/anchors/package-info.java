/// What a detector should know of a data set before it learns: [dev.striate.vision.detect.anchors.AnchorReport], anchors that fit
/// its boxes, and how large these are in a network's input.
@NullMarked
package dev.striate.vision.detect.anchors;

import org.jspecify.annotations.NullMarked;
