package dev.striate.darknet;

import dev.striate.StriateException;
import dev.striate.graph.Network;
import dev.striate.weights.AtomicFile;
import dev.striate.weights.MappedFile;
import dev.striate.weights.TensorData;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// A Darknet `.weights` file: its version, how many pictures its network had seen, and the network's tensors.
///
/// Darknet normalises by `√variance + 10⁻⁶`, everybody else by `√(variance + ε)`. So that both give the same, a
/// variance v is read as `(√v + 10⁻⁶)² − ε` and written back by the inverse; networks from a `.cfg` have ε =
/// [#EPSILON], which keeps that positive. (Darknet's GPU code and its descendants add 10⁻⁵ under the root instead: a
/// difference in the sixth digit for variances near 1.)
public record DarknetWeights(Version version, long seen, SequencedMap<String, TensorData> tensors) {
    /// The ε of networks that come from a `.cfg`.
    public static final double EPSILON = 1e-12;

    private static final double ADDED = 1e-6;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /// The version of the format: from 0.2 on `seen` has 64 bits; above 1000, fully connected weights are transposed.
    public record Version(int major, int minor, int revision) {
        public static final Version CURRENT = new Version(0, 2, 0);

        private boolean isLong() {
            return major * 10L + minor >= 2 && !isTransposed();
        }

        private boolean isTransposed() {
            return major > 1000 || minor > 1000;
        }

        private int bytes() {
            return isLong() ? 20 : 16;
        }
    }

    public DarknetWeights {
        tensors = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(tensors));
    }

    /// How many float32 values the weight file of a network holds.
    public static long floats(Network network) {
        return Stored.of(network).stream().mapToLong(Stored::elements).sum();
    }

    /// Reads the weights of a network; refuses a file that is too short or too long for it, with both counts.
    public static DarknetWeights read(Path file, Network network) {
        var stored = Stored.of(network);
        var open = open(file);
        var expected = stored.stream().mapToLong(Stored::elements).sum();
        if (open.values().byteSize() != expected * Float.BYTES) {
            throw StriateException.file(file + " is too " + (open.floats() < expected ? "short" : "long") + " for "
                    + network.name() + ": expected " + expected + " values; received " + open.floats() + ".");
        }
        return open.read(stored);
    }

    /// Reads as many whole tensors as the file holds: the first layers of a trained network (`darknet53.conv.74`), to
    /// go on from.
    public static DarknetWeights readFirst(Path file, Network network) {
        var open = open(file);
        var left = open.floats();
        var held = new ArrayList<Stored>();
        for (var next : Stored.of(network)) {
            if (next.elements() > left) break;
            left -= next.elements();
            held.add(next);
        }
        return open.read(held);
    }

    /// Writes the tensors of a network in Darknet's order, beside the target and renamed over it; refuses, by name, a
    /// missing tensor and a network that Darknet cannot hold. A file of a transposed version is written as version
    /// 0.2.
    public void write(Path file, Network network) {
        var written = version.isTransposed() ? Version.CURRENT : version;
        var stored = Stored.of(network);
        stored.forEach(next -> next.check(tensors));
        AtomicFile.write(file, channel -> {
            var header = ByteBuffer.allocate(written.bytes()).order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(written.major()).putInt(written.minor()).putInt(written.revision());
            if (written.isLong()) header.putLong(seen);
            else header.putInt((int) seen);
            AtomicFile.writeFully(channel, MemorySegment.ofBuffer(header.flip()));
            for (var next : stored) {
                AtomicFile.writeFully(channel, next.toDarknet(tensors.get(next.name()), ADDED).bytes());
            }
        });
    }

    private static Opened open(Path file) {
        var mapped = MappedFile.read(file);
        if (mapped.byteSize() < 16) {
            throw StriateException.file(file + " is no Darknet weight file: it expects a header of 16 bytes; received "
                    + mapped.byteSize() + ".");
        }
        var version = new Version(mapped.get(INT, 0), mapped.get(INT, 4), mapped.get(INT, 8));
        if (version.major() < 0 || version.minor() < 0 || mapped.byteSize() < version.bytes()) {
            throw StriateException.file(file + " is no Darknet weight file: it claims to be of version "
                    + version.major() + "." + version.minor() + "." + version.revision() + ".");
        }
        var seen = version.isLong() ? mapped.get(LONG, 12) : mapped.get(INT, 12);
        return new Opened(version, seen, mapped.asSlice(version.bytes()));
    }

    private record Opened(Version version, long seen, MemorySegment values) {
        long floats() {
            return values.byteSize() / Float.BYTES;
        }

        DarknetWeights read(List<Stored> stored) {
            var tensors = new LinkedHashMap<String, TensorData>();
            var offset = 0L;
            for (var next : stored) {
                var bytes = next.elements() * Float.BYTES;
                tensors.put(next.name(),
                        next.fromDarknet(values.asSlice(offset, bytes), version.isTransposed(), ADDED));
                offset += bytes;
            }
            return new DarknetWeights(version, seen, tensors);
        }
    }
}
