package dev.striate.vision.detect;

import dev.striate.StriateException;
import dev.striate.box.Box;
import dev.striate.data.batch.Preparation;
import dev.striate.data.picture.Affine;
import dev.striate.data.picture.Picture;
import dev.striate.data.set.DataSet;
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
    List<List<Detection>> find(MemorySegment pixels, List<Seen> pictures, Thresholds thresholds);

    /// What is known of a picture before it was prepared.
    ///
    /// @param proposals in its pixels, for a network that makes none itself
    record Seen(Size size, List<Box> proposals) {
        Seen(Size size) {
            this(size, List.of());
        }
    }

    /// The boxes in which objects may be, the surest first, in a picture's own pixels; refuses a network that finds objects at
    /// once.
    default List<Box> proposals(Picture picture, int count) {
        throw new StriateException(
                "Proposals expect a detector with regions; received one that finds objects at once.");
    }

    /// What is known of a picture that nobody has looked at.
    default Seen seen(Picture picture) {
        return new Seen(picture.size());
    }

    /// The pictures with proposals, where the network makes none itself.
    default DataSet prepared(DataSet pictures) {
        return pictures;
    }

    /// Boxes of the input, where they are in a picture.
    default List<Detection> onPicture(List<Detection> found, Size picture) {
        return moved(found, preparation().placement(picture).inverse());
    }

    /// The same boxes in another place.
    static List<Detection> moved(List<Detection> found, Affine way) {
        return found.stream().map(each -> new Detection(way.of(each.box()), each.label(), each.score())).toList();
    }

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
