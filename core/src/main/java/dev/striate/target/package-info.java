/// What is known of a picture: [dev.striate.target.Target], a class, boxes, a mask or nothing. Data sets give targets,
/// the loader moves them with their pictures, and training and evaluation read them.
@NullMarked
package dev.striate.target;

import org.jspecify.annotations.NullMarked;
