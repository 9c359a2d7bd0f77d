/// Neural style transfer: a picture with the content of one and the style of others (Gatys et al. 2016). [StyleTransfer] paints
/// it, by what [StyleSettings] say.
@NullMarked
package dev.striate.vision.style;

import org.jspecify.annotations.NullMarked;
