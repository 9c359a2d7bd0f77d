package dev.striate.plan;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.striate.graph.Op;
import dev.striate.graph.Shape;
import dev.striate.weights.TensorData;
import java.lang.foreign.MemorySegment;

/// The operations that oneDNN lacks, or does otherwise than the network says.
final class JavaLoops {
    private JavaLoops() {}

    private static float get(MemorySegment memory, long base, long index) {
        return memory.get(JAVA_FLOAT, base + index * Float.BYTES);
    }

    private static void set(MemorySegment memory, long base, long index, double value) {
        memory.set(JAVA_FLOAT, base + index * Float.BYTES, (float) value);
    }

    /// Each place has weights of its own: filters × (channels·kh·kw).
    static JavaLoop localConvolution(Op.LocalConv conv, Shape x, Shape y, TensorData stored, float[] bias) {
        var window = conv.window();
        var cells = x.channels() * window.kernel().area();
        var places = y.height() * y.width();
        var weights = new float[places][];
        for (var i = 0; i < places; i++) {
            weights[i] = Rows.floats(stored, (long) i * conv.filters() * cells, conv.filters() * cells);
        }
        var patches = ThreadLocal.withInitial(() -> new float[cells]);
        return (memory, from, to) -> {
            var patch = patches.get();
            for (var place = 0; place < places; place++) {
                Patches.read(memory, from, x, window, place / y.width(), place % y.width(), patch);
                for (var filter = 0; filter < conv.filters(); filter++) {
                    var index = (long) filter * places + place;
                    set(memory, to, index, bias[(int) index] + Patches.dot(weights[place], filter * cells, patch));
                }
            }
        };
    }

    static JavaLoop radialBasis(Op.RadialBasis rbf, Shape x) {
        var prototypes = rbf.prototypes().stream().map(p -> p.stream().mapToInt(i -> i).toArray())
                .toArray(int[][]::new);
        return (memory, from, to) -> {
            for (var i = 0; i < prototypes.length; i++) {
                var sum = 0.0;
                for (var j = 0; j < x.elements(); j++) {
                    var difference = get(memory, from, j) - prototypes[i][j];
                    sum += difference * difference;
                }
                set(memory, to, i, sum);
            }
        };
    }

    static JavaLoop localResponseNorm(Op.LocalResponseNorm norm, Shape x) {
        var area = x.height() * x.width();
        var half = norm.size() / 2;
        return (memory, from, to) -> {
            for (var i = 0; i < x.elements(); i++) {
                var channel = i / area;
                var sum = 0.0;
                for (var j = Math.max(0, channel - half); j < Math.min(x.channels(),
                        channel - half + norm.size()); j++) {
                    var value = get(memory, from, (long) j * area + i % area);
                    sum += value * value;
                }
                set(memory, to, i, get(memory, from, i) * Math.pow(norm.k() + norm.alpha() * sum, -norm.beta()));
            }
        };
    }

    static JavaLoop l2Norm(Op.L2Norm norm, Shape x) {
        var area = x.height() * x.width();
        return (memory, from, to) -> {
            for (var place = 0; place < area; place++) {
                var sum = 0.0;
                for (var c = 0; c < x.channels(); c++) {
                    double value = get(memory, from, (long) c * area + place);
                    sum += value * value;
                }
                var length = Math.max(Math.sqrt(sum), norm.epsilon());
                for (var c = 0; c < x.channels(); c++) {
                    var index = (long) c * area + place;
                    set(memory, to, index, get(memory, from, index) / length);
                }
            }
        };
    }

    static JavaLoop lpPool(Op.LpPool pool, Shape x, Shape y) {
        return (memory, from, to) -> Patches.reduce(memory, from, x, pool.window(), to, y,
                (sum, value) -> sum + Math.pow(Math.abs(value), pool.power()),
                (sum, _) -> Math.pow(sum, 1 / pool.power()));
    }

    /// Average pooling that counts its own padding but not what rounding up added.
    static JavaLoop average(Op.AvgPool pool, Shape x, Shape y) {
        return (memory, from, to) -> Patches.reduce(memory, from, x, pool.window(), to, y, Double::sum,
                (sum, counted) -> sum / counted);
    }

    /// Area i of n covers rows ⌊i·H/n⌋ to ⌈(i + 1)·H/n⌉.
    static JavaLoop adaptiveAverage(Shape x, Shape y) {
        return (memory, from, to) -> {
            for (var i = 0; i < y.elements(); i++) {
                var row = i / y.width() % y.height();
                var column = i % y.width();
                var channel = (long) (i / (y.width() * y.height())) * x.height();
                var top = row * x.height() / y.height();
                var bottom = Math.ceilDiv((row + 1) * x.height(), y.height());
                var left = column * x.width() / y.width();
                var right = Math.ceilDiv((column + 1) * x.width(), y.width());
                var sum = 0.0;
                for (var r = top; r < bottom; r++) {
                    for (var c = left; c < right; c++) sum += get(memory, from, (channel + r) * x.width() + c);
                }
                set(memory, to, i, sum / ((bottom - top) * (right - left)));
            }
        };
    }

    static JavaLoop upsample(Op.Upsample up, Shape x) {
        var factor = up.factor();
        var height = x.height() * factor;
        var width = x.width() * factor;
        return (memory, from, to) -> {
            for (var row = 0; row < x.channels() * height; row++) {
                var channel = (long) (row / height) * x.height();
                for (var column = 0; column < width; column++) {
                    set(memory, to, (long) row * width + column, switch (up.interpolation()) {
                        case NEAREST ->
                            get(memory, from, (channel + row % height / factor) * x.width() + column / factor);
                        case BILINEAR -> bilinear(memory, from + channel * x.width() * Float.BYTES, x,
                                source(row % height, factor, x.height()), source(column, factor, x.width()));
                    });
                }
            }
        };
    }

    /// Pixel centres lie at halves; beyond the outermost the edge goes on.
    private static double source(int index, int factor, int length) {
        return Math.clamp((index + 0.5) / factor - 0.5, 0, length - 1);
    }

    private static double bilinear(MemorySegment memory, long plane, Shape x, double row, double column) {
        var top = (int) row;
        var left = (int) column;
        var bottom = Math.min(top + 1, x.height() - 1);
        var right = Math.min(left + 1, x.width() - 1);
        var v = row - top;
        var h = column - left;
        return (1 - v) * ((1 - h) * get(memory, plane, (long) top * x.width() + left)
                + h * get(memory, plane, (long) top * x.width() + right))
                + v * ((1 - h) * get(memory, plane, (long) bottom * x.width() + left)
                        + h * get(memory, plane, (long) bottom * x.width() + right));
    }

    /// Darknet's order takes the input as C/b² × bH × bW and moves its b×b squares into the channels.
    static JavaLoop spaceToDepth(Op.SpaceToDepth fold, Shape x) {
        var b = fold.block();
        var seen = switch (fold.order()) {
            case BLOCK_FIRST -> x;
            case DARKNET -> new Shape(x.channels() / (b * b), x.height() * b, x.width() * b);
        };
        var height = seen.height() / b;
        var width = seen.width() / b;
        return (memory, from, to) -> {
            for (var i = 0; i < x.elements(); i++) {
                var column = i % width;
                var row = i / width % height;
                var channel = i / (width * height) % seen.channels();
                var place = i / (width * height * seen.channels());
                var source = ((long) channel * seen.height() + row * b + place / b) * seen.width() + column * b
                        + place % b;
                set(memory, to, i, get(memory, from, source));
            }
        };
    }
}
