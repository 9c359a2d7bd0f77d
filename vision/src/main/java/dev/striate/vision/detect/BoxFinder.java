package dev.striate.vision.detect;

import dev.striate.data.batch.Preparation;
import dev.striate.detect.Detection;
import dev.striate.graph.Network;
import dev.striate.graph.Size;
import dev.striate.region.RegionDetector;
import dev.striate.tree.ClassTree;
import dev.striate.vision.Inference;
import dev.striate.yolo.YoloHeads;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;

/// Finds the objects in batches of prepared pictures, whatever the network: boxes in the pictures' own pixels, repeated ones
/// suppressed.
sealed interface BoxFinder permits YoloFinder, RegionFinder {
    /// How pictures are prepared.
    Preparation preparation();

    /// The objects in each picture, the surest first.
    ///
    /// @param pictures the sizes that they had before they were prepared
    List<List<Detection>> find(MemorySegment pixels, List<Size> pictures, Thresholds thresholds);

    /// Which class is a kind of which, where the network knows.
    default Optional<ClassTree> tree() {
        return Optional.empty();
    }

    /// The finder that a network asks for.
    static BoxFinder of(Network network, Inference inference, Preparation preparation) {
        return RegionDetector.isIn(network) ? RegionFinder.of(RegionDetector.of(network), inference, preparation)
                : new YoloFinder(YoloHeads.of(network), inference, preparation);
    }
}
