package dev.striate.torch;

import dev.striate.graph.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.LongStream;

/// Where each tensor lies in a flat one: parameters of one group side by side, each at a multiple of 16 elements.
record FlatLayout(List<Slot> slots, List<Range> ranges, long length) {
    private static final int ALIGNMENT = 16;

    /// One tensor's place; kernels of convolutions are channels-last.
    record Slot(Parameter parameter, long offset, long[] sizes, long[] strides) {}

    /// The elements of one group.
    record Range(ParameterGroup group, long offset, long length) {
        /// The same elements in pieces of at most this length.
        List<Range> pieces(long most) {
            return LongStream.iterate(0, start -> start < length, start -> start + most)
                    .mapToObj(start -> new Range(group, offset + start, Math.min(most, length - start))).toList();
        }
    }

    static FlatLayout of(List<Parameter> parameters, Function<Parameter, ParameterGroup> grouping) {
        var groups = new LinkedHashMap<ParameterGroup, List<Parameter>>();
        for (var parameter : parameters)
            groups.computeIfAbsent(grouping.apply(parameter), _ -> new ArrayList<>()).add(parameter);
        var slots = new ArrayList<Slot>();
        var ranges = new ArrayList<Range>();
        var offset = 0L;
        for (Map.Entry<ParameterGroup, List<Parameter>> group : groups.entrySet()) {
            var start = offset;
            for (var parameter : group.getValue()) {
                var sizes = parameter.shape().stream().mapToLong(i -> i).toArray();
                slots.add(new Slot(parameter, offset, sizes, strides(sizes)));
                offset += Math.ceilDiv(parameter.elements(), ALIGNMENT) * ALIGNMENT;
            }
            ranges.add(new Range(group.getKey(), start, offset - start));
        }
        return new FlatLayout(slots, ranges, offset);
    }

    private static long[] strides(long[] sizes) {
        if (sizes.length == 4) return new long[] { sizes[1] * sizes[2] * sizes[3], 1, sizes[1] * sizes[3], sizes[1] };
        var strides = new long[sizes.length];
        var stride = 1L;
        for (var i = sizes.length - 1; i >= 0; i--) {
            strides[i] = stride;
            stride *= sizes[i];
        }
        return strides;
    }
}
