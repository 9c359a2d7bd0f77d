/// What evaluations give: [dev.striate.measure.Figures], named numbers of which one decides; and the measures that need more
/// than an average: [dev.striate.measure.PixelConfusion] of masks, [dev.striate.measure.AveragePrecision] and
/// [dev.striate.measure.BoxConfusion] of boxes; [dev.striate.measure.VerificationCurve], [dev.striate.measure.PairFolds] and
/// [dev.striate.measure.Identification] of distances between pictures.
@NullMarked
package dev.striate.measure;

import org.jspecify.annotations.NullMarked;
