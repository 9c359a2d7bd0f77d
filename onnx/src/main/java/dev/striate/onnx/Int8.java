package dev.striate.onnx;

import dev.striate.StriateException;
import dev.striate.graph.Network;
import dev.striate.graph.Op;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Which layers (convolutions and linear layers, by name) a file runs in int8, and the ranges of the values that are
/// rounded to 8 bits, by the name of the node that gives each: at least the inputs of those layers.
public record Int8(Set<String> layers, Map<String, Range> values) {
    public static final Int8 NONE = new Int8(Set.of(), Map.of());

    public Int8 {
        layers = Collections.unmodifiableSet(new TreeSet<>(layers));
        values = Collections.unmodifiableMap(new TreeMap<>(values));
    }

    /// Refuses names that the network does not have, and layers that cannot run in int8.
    void checkFor(Network network) {
        values.keySet().forEach(network::index);
        for (var layer : layers) {
            var op = network.nodes().get(network.index(layer)).op();
            if (op instanceof Op.Conv || op instanceof Op.Linear) continue;
            throw StriateException.network("Int8 expects convolutions and linear layers of " + network.name()
                    + "; received '" + layer + "' (" + op.getClass().getSimpleName() + ").");
        }
    }

    /// The values that 8 bits stand for: whole multiples of `scale`, from −128 to 127 or, not `signed`, from 0 to 255.
    public record Range(double scale, boolean signed) {
        public Range {
            if (!(scale > 0 && scale <= Float.MAX_VALUE)) {
                throw new StriateException("The scale of an 8-bit value lies above 0; received " + scale + ".");
            }
        }
    }
}
