package dev.striate.target;

import dev.striate.StriateException;
import dev.striate.box.Box;
import dev.striate.graph.Size;
import java.util.List;
import java.util.stream.IntStream;

/// What somebody says of a picture: what a network is to learn from it, or is measured against.
public sealed interface Target {

    /// The picture's class, from 0; for faces, whose it is.
    record Label(int index) implements Target {
        /// The targets of a batch of classified pictures.
        public static List<Target> of(int... labels) {
            return IntStream.of(labels).<Target>mapToObj(Label::new).toList();
        }
    }

    /// The objects in a picture; a picture without any is legal.
    ///
    /// @param proposals boxes in which an object may be, for a detector that does not propose any itself (Fast R-CNN)
    record Objects(List<LabelledBox> boxes, List<Box> proposals) implements Target {
        public Objects {
            boxes = List.copyOf(boxes);
            proposals = List.copyOf(proposals);
        }

        public Objects(List<LabelledBox> boxes) {
            this(boxes, List.of());
        }

        public Objects withProposals(List<Box> proposals) {
            return new Objects(boxes, proposals);
        }
    }

    /// The class of each pixel, row by row; [#IGNORED] counts for nothing. The array is not copied.
    record Mask(Size size, byte[] classes) implements Target {
        /// The value of pixels without a class: borders in PASCAL VOC's masks, and what lies beyond a moved picture.
        public static final int IGNORED = 255;

        public Mask {
            if (classes.length != size.area()) {
                throw new StriateException("A mask of " + size + " expects " + size.area() + " classes; received "
                        + classes.length + ".");
            }
        }

        /// The class at a pixel, 0 to 255.
        public int at(int x, int y) {
            return Byte.toUnsignedInt(classes[y * size.width() + x]);
        }
    }

    /// Nothing: pictures alone.
    record None() implements Target {}

    /// An object: its box in the picture's pixels and its class, from 0. `difficult` ones neither help nor harm in
    /// PASCAL VOC's measures.
    record LabelledBox(Box box, int label, boolean difficult) {
        public LabelledBox(Box box, int label) {
            this(box, label, false);
        }
    }
}
