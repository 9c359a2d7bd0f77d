package dev.striate.bench.table;

import dev.striate.StriateException;
import dev.striate.box.Box;
import dev.striate.files.FileErrors;
import dev.striate.graph.Shape;
import dev.striate.graph.Size;
import dev.striate.random.RandomStream;
import dev.striate.target.Target;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Pictures of noise, the same for every contender, and their labels or objects.
final class Pixels {
    private Pixels() {}

    /// N×H×W×C float32 of mean 0 and variance 1.
    static MemorySegment noise(Shape shape, int n) {
        var count = n * shape.elements();
        var pixels = Arena.ofAuto().allocate(count * Float.BYTES, 64);
        var stream = RandomStream.of(1);
        for (var i = 0L; i < count; i++) {
            pixels.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) stream.normal(i));
        }
        return pixels;
    }

    /// A file's bytes in native memory.
    static MemorySegment read(Path file) {
        try (var channel = FileChannel.open(file)) {
            var pixels = Arena.ofAuto().allocate(channel.size(), 64);
            var buffer = pixels.asByteBuffer();
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) continue;
            return pixels;
        } catch (IOException e) {
            throw new StriateException(file + " could not be read: " + FileErrors.whyNotRead(file, e) + ".", e);
        }
    }

    /// The same pictures with channels first, as the peers take them.
    static FloatBuffer channelsFirst(MemorySegment pixels, Shape shape, int n) {
        var area = (long) shape.height() * shape.width();
        var buffer = ByteBuffer.allocateDirect(Math.toIntExact(n * shape.elements() * Float.BYTES))
                .order(ByteOrder.nativeOrder()).asFloatBuffer();
        for (var i = 0; i < n; i++) {
            for (var c = 0; c < shape.channels(); c++) {
                for (var place = 0L; place < area; place++) {
                    buffer.put(pixels.getAtIndex(ValueLayout.JAVA_FLOAT, (i * area + place) * shape.channels() + c));
                }
            }
        }
        return buffer.flip();
    }

    /// Three objects of class 0 for each picture, side by side: half, a quarter and an eighth as wide as the picture.
    static List<Target> objects(Size picture, int n) {
        return IntStream.range(0, n).<Target>mapToObj(i -> new Target.Objects(IntStream.rangeClosed(1, 3)
                .mapToObj(k -> new Target.LabelledBox(Box.around(picture.width() * k / 4.0,
                        picture.height() * (i + 1.0) / (n + 1), picture.width() / Math.pow(2, k),
                        picture.height() / Math.pow(2, k)), 0))
                .toList())).toList();
    }

    static int[] labels(int n) {
        var labels = new int[n];
        Arrays.setAll(labels, i -> i % 10);
        return labels;
    }
}
