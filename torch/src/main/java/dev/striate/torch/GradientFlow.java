package dev.striate.torch;

import dev.striate.graph.Network;
import dev.striate.graph.Parameter;
import dev.striate.graph.Parameters;
import java.util.function.Predicate;

/// Which nodes a gradient has to come back to, and whose parameters it moves.
///
/// @param trained whether some of a node's parameters are trained
/// @param frozen whether it has some that could be and none that is
record GradientFlow(boolean[] reaches, boolean[] trained, boolean[] frozen) {
    /// @param trains which parameters are trained
    /// @param toPictures whether the gradient of the pictures themselves will be asked for
    static GradientFlow of(Network network, Predicate<Parameter> trains, boolean toPictures) {
        var count = network.nodes().size();
        var trained = new boolean[count];
        var frozen = new boolean[count];
        for (var parameter : Parameters.of(network)) {
            if (!parameter.trainable()) continue;
            if (trains.test(parameter)) trained[parameter.node()] = true;
            else frozen[parameter.node()] = true;
        }
        var reaches = new boolean[count];
        for (var i = 0; i < count; i++) {
            frozen[i] &= !trained[i];
            reaches[i] = trained[i] || i == 0 && toPictures;
            for (var input : network.nodes().get(i).inputs()) reaches[i] |= reaches[input];
        }
        return new GradientFlow(reaches, trained, frozen);
    }

    boolean trainsNothing() {
        for (var each : trained) if (each) return false;
        return true;
    }
}
