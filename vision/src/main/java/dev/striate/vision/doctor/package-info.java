/// Looks a data set over before it is trained on.
///
/// Start with [Checkup]; [Page] shows one as a page of its own.
@NullMarked
package dev.striate.vision.doctor;

import org.jspecify.annotations.NullMarked;
