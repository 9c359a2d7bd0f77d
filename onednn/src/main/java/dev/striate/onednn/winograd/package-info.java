/// Winograd's minimal filtering F(4×4, 3×3): a 3×3 convolution in a quarter of the multiplications (Lavin and Gray 2015).
///
/// [WinogradConvolution] takes a convolution chunk by chunk. [Tiling] cuts pictures into tiles of 4×4 outputs; a [TileRow]
/// transforms a row of them, inputs on the way in and outputs on the way out; [TransformedFilters] are made once. Between
/// them lie 36 matrix products, tiles × channels times channels × filters: [TileProducts] describes them to oneDNN.
@NullMarked
package dev.striate.onednn.winograd;

import org.jspecify.annotations.NullMarked;
