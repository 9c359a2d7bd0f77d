/// What evaluations give: [dev.striate.measure.Figures], named numbers of which one decides; and the measures that need more
/// than an average: [dev.striate.measure.PixelConfusion] of masks, [dev.striate.measure.AveragePrecision] and
/// [dev.striate.measure.BoxConfusion] of boxes.
@NullMarked
package dev.striate.measure;

import org.jspecify.annotations.NullMarked;
