package dev.striate.graph;

import dev.striate.StriateException;
import java.util.List;
import java.util.Optional;

/// The reading that says whether a network's weights serve pictures of another size: they do in a network without fully
/// connected layers, or with a global pooling before them, whose maps still fit together.
public final class OtherInputs {
    private OtherInputs() {}

    /// Why the weights of a network do not serve pictures of this size, in words; empty where they do.
    public static Optional<String> obstacle(Network network, Size size) {
        List<Parameter> others;
        try {
            others = Parameters.of(network.withInput(network.input().withSize(size)));
        } catch (StriateException e) {
            return Optional.of("at " + size + ", " + e.getMessage().replaceFirst("\\.$", ""));
        }
        var own = Parameters.of(network);
        for (var i = 0; i < own.size(); i++) {
            if (others.get(i).shape().equals(own.get(i).shape())) continue;
            return Optional.of(own.get(i).name() + " is " + own.get(i).shape() + " at its own " + network.input().size()
                    + " and would be " + others.get(i).shape() + " at " + size);
        }
        return Optional.empty();
    }
}
