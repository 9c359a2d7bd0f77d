/// What R-CNN, Fast R-CNN and Faster R-CNN compute between their networks, in plain Java: pooling of regions
/// ([dev.striate.region.RoiPooling], [dev.striate.region.RoiAlign]), boxes as offsets
/// ([dev.striate.region.BoxEncoding]), anchors, who is to learn what ([dev.striate.region.RegionSampling],
/// [dev.striate.region.AnchorAssignment]), the losses with their gradients, and proposals. Start at
/// [dev.striate.region.RegionLosses] for training and [dev.striate.region.Proposals] for the way from maps to boxes.
///
/// ```java
/// var anchors = new RegionAnchors(16, List.of(128.0, 256.0, 512.0), List.of(0.5, 1.0, 2.0)).at(map);
/// var proposals = Proposals.inTraining().of(rpnMaps, 0, anchors, picture);
/// var rows = RegionSampling.fastRcnn(64).of(proposals.stream().map(Detection::box).toList(), objects, draws);
/// var regions = rows.stream().map(row -> new Region(0, row.box())).toList();
/// var pooled = new RoiPooling(Size.square(7), 1.0 / 16).pool(maps, regions);
/// ```
@NullMarked
package dev.striate.region;

import org.jspecify.annotations.NullMarked;
