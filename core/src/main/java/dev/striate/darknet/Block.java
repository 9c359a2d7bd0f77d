package dev.striate.darknet;

import java.util.List;
import java.util.SequencedMap;

/// One layer of a `.cfg`, with Darknet's meaning of its settings. Layers are numbered from 0 behind `[net]`; in
/// `layers` and `from` a negative number counts back from the layer itself.
sealed interface Block {
    /// `padding` is the number of pixels on each side.
    record Convolutional(int filters, int size, int stride, int padding, int groups, boolean batchNormalize,
            Activation activation) implements Block {}

    /// `padding` is the sum of both sides; the smaller half comes first.
    record Maxpool(int size, int stride, int padding) implements Block {}

    /// The average of each channel.
    record Avgpool() implements Block {}

    record Connected(int output, boolean batchNormalize, Activation activation) implements Block {}

    record Local(int filters, int size, int stride, int padding, Activation activation) implements Block {}

    record Dropout(double probability) implements Block {}

    /// Over all values, or over the channels of each place.
    record Softmax(boolean spatial) implements Block {}

    /// The named layers behind one another; of each only part `group` of `groups`.
    record Route(List<Integer> layers, int groups, int group) implements Block {}

    /// The layer before, plus others.
    record Shortcut(List<Integer> from, Activation activation) implements Block {}

    record Upsample(int stride) implements Block {}

    record Reorg(int stride) implements Block {}

    /// Cuts the middle out of the picture and, if `adjust`, moves values from 0…1 to −1…1.
    record Crop(int height, int width, boolean adjust) implements Block {}

    /// Over siblings in a tree of words, whose parents are numbers.
    record TreeSoftmax(String parents, double threshold) implements Block {}

    /// A detector's output (`detection`, `region`, `yolo`), with its settings as they are.
    record Output(String kind, SequencedMap<String, String> settings) implements Block {}

    /// A loss; it passes its input through.
    record Cost() implements Block {}
}
