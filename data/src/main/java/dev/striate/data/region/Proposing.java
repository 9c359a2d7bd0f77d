package dev.striate.data.region;

import dev.striate.data.set.DataSet;
import dev.striate.data.set.Wrapped;
import dev.striate.target.Target;
import java.util.stream.IntStream;

/// A set whose pictures come with proposals of where their objects may be.
public record Proposing(DataSet whole, ProposedBoxes proposals) implements Wrapped {
    /// Whether the pictures of a set come with proposals.
    public static boolean is(DataSet pictures) {
        return IntStream.range(0, pictures.size()).anyMatch(
                i -> pictures.target(i) instanceof Target.Objects objects && !objects.proposals().isEmpty());
    }

    @Override
    public Target target(int index) {
        return whole.target(index) instanceof Target.Objects objects ? objects.withProposals(proposals.of(index))
                : whole.target(index);
    }
}
