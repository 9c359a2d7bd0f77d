/// Parts of pictures as pictures of their own, for detectors that look at one proposal after the other (R-CNN):
/// [dev.striate.data.region.ProposedBoxes] of a whole set, kept in a file, [dev.striate.data.region.Warp] from a box to a
/// network's input, and [dev.striate.data.region.RegionSet], a set of such parts with a class each.
///
/// ```java
/// var proposals = ProposedBoxes.of(Path.of("proposals.safetensors"), pictures, SelectiveSearch.rcnn());
/// var regions = RegionSet.drawn(pictures, proposals, RegionSampling.rcnn(), 0);
/// var warped = new RegionSet(pictures, regions, Warp.rcnn(), Size.square(227), mean);
/// ```
@NullMarked
package dev.striate.data.region;

import org.jspecify.annotations.NullMarked;
