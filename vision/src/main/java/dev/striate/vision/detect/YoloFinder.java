package dev.striate.vision.detect;

import dev.striate.data.batch.Preparation;
import dev.striate.detect.Detection;
import dev.striate.detect.NonMaximumSuppression;
import dev.striate.graph.Outputs;
import dev.striate.graph.Size;
import dev.striate.tree.ClassTree;
import dev.striate.vision.Inference;
import dev.striate.yolo.YoloHeads;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// What the outputs of YOLO's networks say of pictures. Boxes may reach beyond a picture's edges, as Darknet's do.
record YoloFinder(YoloHeads heads, Inference inference, Preparation preparation) implements BoxFinder {
    @Override
    public List<List<Detection>> find(MemorySegment pixels, List<Seen> pictures, Thresholds thresholds) {
        var outputs = inference.run(pixels, pictures.size());
        return IntStream.range(0, pictures.size()).mapToObj(i -> of(outputs, i, pictures.get(i).size(), thresholds))
                .toList();
    }

    private List<Detection> of(Outputs outputs, int index, Size picture, Thresholds thresholds) {
        var found = heads.decode(outputs, index, thresholds.score());
        return onPicture(NonMaximumSuppression.of(found, heads.suppression(thresholds.overlap()), Integer.MAX_VALUE),
                picture);
    }

    /// Which cell and anchor answers for each box of one picture.
    BoxOwners owners(MemorySegment pixels, Size picture, Thresholds thresholds) {
        return BoxOwners.of(this, heads.owned(inference.run(pixels, 1), 0, thresholds.score()), picture, thresholds);
    }

    @Override
    public Optional<ClassTree> tree() {
        return heads.tree();
    }
}
