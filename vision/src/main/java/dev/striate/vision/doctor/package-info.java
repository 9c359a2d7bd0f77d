/// Looks a data set over before it is trained on.
///
/// Start with [DataSetReport]; [Page] shows one as a page of its own, with the pictures.
@NullMarked
package dev.striate.vision.doctor;

import org.jspecify.annotations.NullMarked;
