package dev.striate.darknet;

import dev.striate.graph.Op;
import dev.striate.yolo.RegionHead;
import java.util.List;
import java.util.Set;

/// Turns a section of a `.cfg` into a typed layer, with Darknet's defaults.
final class BlockReader {
    /// What only Darknet's own training reads, in any layer.
    static final Set<String> TRAINING = Set.of("learning_rate", "stopbackward", "onlyforward", "clip", "smooth",
            "truth",
            "burnin_update", "train_only_bn", "flip", "angle", "saturation", "exposure");

    private BlockReader() {}

    /// The layer of a section; refuses one that does not run here.
    static Block read(Section section) {
        section.only("dontload", "0");
        section.only("dontloadscales", "0");
        section.only("dontsave", "0");
        section.only("numload", "0");
        return switch (section.name()) {
            case "conv", "convolutional" -> convolutional(section);
            case "max", "maxpool" -> maxpool(section);
            case "avg", "avgpool" -> new Block.Avgpool();
            case "conn", "connected" -> connected(section);
            case "local" -> local(section);
            case "dropout" -> new Block.Dropout(section.number("probability", 0.5));
            case "soft", "softmax" -> softmax(section);
            case "route" -> route(section);
            case "shortcut" -> shortcut(section);
            case "upsample" -> upsample(section);
            case "reorg" -> reorg(section);
            case "crop" -> new Block.Crop(section.atLeast(1, "crop_height", 1), section.atLeast(1, "crop_width", 1),
                    !section.flag("noadjust"));
            case "detection", "region", "yolo" -> new Block.Output(section.name(), section.all());
            case "cost" -> {
                section.all();
                yield new Block.Cost();
            }
            default -> throw section.refuse("is a layer that does not run here");
        };
    }

    private static Block convolutional(Section section) {
        for (var key : List.of("binary", "xnor", "flipped", "deform", "antialiasing", "assisted_excitation")) {
            section.only(key, "0");
        }
        section.only("dilation", "1");
        var size = section.atLeast(1, "size", 1);
        return new Block.Convolutional(section.atLeast(1, "filters", 1), size, section.atLeast(1, "stride", 1),
                padding(section, size), section.atLeast(1, "groups", 1), section.flag("batch_normalize"),
                section.activation("logistic"));
    }

    /// `pad=1` means half the kernel; otherwise `padding` pixels.
    private static int padding(Section section, int size) {
        var padding = section.atLeast(0, "padding", 0);
        return section.flag("pad") ? size / 2 : padding;
    }

    private static Block maxpool(Section section) {
        section.only("maxpool_depth", "0");
        section.only("antialiasing", "0");
        var stride = section.atLeast(1, "stride", 1);
        var size = section.atLeast(1, "size", stride);
        return new Block.Maxpool(size, stride, section.atLeast(0, "padding", size - 1));
    }

    private static Block connected(Section section) {
        return new Block.Connected(section.atLeast(1, "output", 1), section.flag("batch_normalize"),
                section.activation("logistic"));
    }

    /// Darknet computes the size of a padded local layer as if its kernel were 3×3, and pads by one pixel.
    private static Block local(Section section) {
        var size = section.atLeast(1, "size", 1);
        var padded = section.flag("pad");
        if (padded && size != 3) throw section.refuse("with pad expects a size of 3; received " + size);
        return new Block.Local(section.atLeast(1, "filters", 1), size, section.atLeast(1, "stride", 1), padded ? 1 : 0,
                section.activation("logistic"));
    }

    private static Block softmax(Section section) {
        section.only("groups", "1");
        section.only("temperature", "1");
        section.whole("noloss", 0);
        if (section.has(RegionHead.TREE) || section.has(RegionHead.TREE_FILE)) return treeSoftmax(section);
        return new Block.Softmax(section.flag("spatial"));
    }

    private static Block treeSoftmax(Section section) {
        if (!section.has(RegionHead.TREE)) {
            throw section.expected(RegionHead.TREE, "the parents of the classes of its tree");
        }
        return new Block.TreeSoftmax(section.text(RegionHead.TREE, ""),
                section.number(RegionHead.DESCENT, Op.TreeLogits.USUAL_THRESHOLD));
    }

    private static Block route(Section section) {
        var groups = section.atLeast(1, "groups", 1);
        var group = section.atLeast(0, "group_id", 0);
        if (group >= groups) throw section.refuse("has no group " + group + " of " + groups);
        return new Block.Route(section.wholes("layers"), groups, group);
    }

    private static Block shortcut(Section section) {
        section.only("alpha", "1");
        section.only("beta", "1");
        section.only("weights_type", "none");
        return new Block.Shortcut(section.wholes("from"), section.activation("linear"));
    }

    private static Block upsample(Section section) {
        section.only("scale", "1");
        return new Block.Upsample(section.atLeast(1, "stride", 2));
    }

    private static Block reorg(Section section) {
        for (var key : List.of("reverse", "flatten", "extra")) section.only(key, "0");
        return new Block.Reorg(section.atLeast(1, "stride", 1));
    }
}
