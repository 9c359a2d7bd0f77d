package dev.striate.vision.detect.anchors;

import dev.striate.data.batch.Preparation;
import dev.striate.data.set.DataSet;
import dev.striate.detect.SizeTable;
import dev.striate.recipe.Preprocessing;
import dev.striate.target.Target;
import dev.striate.text.Listing;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What to tell before a detector learns: objects too small for it, and classes with hardly any.
public final class ObjectWarnings {
    private static final int FEW = 10;
    private static final int NAMED = 10;

    private ObjectWarnings() {}

    /// The warnings, a sentence each, on the objects of a set as a network with this preprocessing sees them; pictures
    /// without a list of objects are left out.
    public static List<String> of(DataSet set, Preprocessing preprocessing) {
        var labelled = set.subset(IntStream.range(0, set.size()).filter(i -> set.target(i) instanceof Target.Objects)
                .toArray());
        var sizes = ObjectSizes.of(labelled, new Preparation(preprocessing));
        var few = sizes.entrySet().stream().filter(each -> each.getValue().size() < FEW)
                .map(each -> each.getKey() + " (" + each.getValue().size() + ")").toList();
        return Stream.of(AnchorReport.warning(SizeTable.of(sizes).all(), preprocessing.input().size()), few(few))
                .flatMap(Optional::stream).toList();
    }

    private static Optional<String> few(List<String> classes) {
        return classes.isEmpty() ? Optional.empty()
                : Optional.of("A class with fewer than " + FEW + " objects is hardly learnt: "
                        + Listing.some(classes, NAMED) + ".");
    }
}
