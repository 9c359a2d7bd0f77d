package dev.striate.vision.detect.anchors;

import dev.striate.StriateException;
import dev.striate.data.batch.Preparation;
import dev.striate.data.set.DataSet;
import dev.striate.data.set.Targets;
import dev.striate.detect.BoxSize;
import dev.striate.target.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// The sizes of a set's objects by their class, in pixels of a network's input.
final class ObjectSizes {
    private ObjectSizes() {}

    static SequencedMap<String, List<BoxSize>> of(DataSet set, Preparation preparation) {
        var sizes = new LinkedHashMap<String, List<BoxSize>>();
        set.classes().forEach(label -> sizes.put(label, new ArrayList<>()));
        var byLabel = List.copyOf(sizes.values());
        for (var i = 0; i < set.size(); i++) {
            if (!(set.target(i) instanceof Target.Objects(var objects, _))) {
                throw new StriateException("Pictures with boxes were expected; " + set.name(i) + " has "
                        + Targets.describe(set.target(i)) + ".");
            }
            if (objects.isEmpty()) continue;
            var placement = preparation.placement(set.pictureSize(i));
            for (var object : objects) {
                var seen = placement.of(object.box());
                byLabel.get(object.label()).add(new BoxSize(seen.width(), seen.height()));
            }
        }
        return sizes;
    }
}
