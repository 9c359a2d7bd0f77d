/// What evaluations give: [dev.striate.measure.Figures], named numbers of which one decides.
@NullMarked
package dev.striate.measure;

import org.jspecify.annotations.NullMarked;
