package dev.striate.vision.detect;

import dev.striate.data.picture.SelectiveSearch;
import dev.striate.graph.Size;

/// The selective search whose proposals suit a network: R-CNN's, of pictures 500 pixels wide, in proportion to the network's own
/// input.
final class SelectiveSearches {
    private static final SelectiveSearch PAPERS = SelectiveSearch.rcnn();

    private SelectiveSearches() {}

    static SelectiveSearch of(Size input) {
        var width = Math.min(input.width(), PAPERS.width());
        return new SelectiveSearch(width, PAPERS.smallest() * width / PAPERS.width(), PAPERS.count());
    }
}
