package dev.striate.data.region;

import dev.striate.data.set.DataSet;
import dev.striate.data.set.Wrapped;
import dev.striate.target.Target;

/// A set whose pictures come with proposals of where their objects may be.
public record Proposing(DataSet whole, ProposedBoxes proposals) implements Wrapped {
    @Override
    public Target target(int index) {
        return whole.target(index) instanceof Target.Objects objects ? objects.withProposals(proposals.of(index))
                : whole.target(index);
    }
}
