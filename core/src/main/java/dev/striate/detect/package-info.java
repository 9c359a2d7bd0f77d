/// What a detector finds, and the arithmetic around it that needs no network: [dev.striate.detect.Detection],
/// [dev.striate.detect.NonMaximumSuppression] of repeated boxes, [dev.striate.detect.AnchorClusters] for the shapes of a data
/// set, [dev.striate.detect.SizeTable].
@NullMarked
package dev.striate.detect;

import org.jspecify.annotations.NullMarked;
