/// Seeing inside a network: what in a picture speaks for a class, what a layer answers to, what a unit sees.
/// [Explainer] opens a model for it; [ExplanationFigure] draws what it gives.
@NullMarked
package dev.striate.vision.explain;

import org.jspecify.annotations.NullMarked;
