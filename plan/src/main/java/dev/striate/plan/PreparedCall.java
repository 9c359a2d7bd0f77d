package dev.striate.plan;

import dev.striate.onednn.winograd.WinogradConvolution;
import java.util.List;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;

/// One prepared action of a compiled plan.
sealed interface PreparedCall {
    /// A primitive of oneDNN with its arguments.
    record Execute(primitive primitive, List<Argument> arguments) implements PreparedCall {}

    /// A loop over a batch of pictures.
    record Iterate(JavaLoop loop, TensorView from, TensorView to) implements PreparedCall {}

    /// A convolution by tiles; its regions hold a chunk for each thread.
    ///
    /// @param threads of OpenMP's that share its chunks
    record Tile(WinogradConvolution layer, int threads, Products products, TensorView from, TensorView to,
            Lifetime transformed, Lifetime multiplied, Lifetime scratch) implements PreparedCall {}

    /// Values normalised pixel by pixel.
    ///
    /// @param threads of OpenMP's that share them
    record Normalise(NormalisedRows rows, int threads, TensorView from, TensorView to) implements PreparedCall {}

    /// The matrix products of a chunk of tiles.
    record Products(primitive primitive, memory weights, memory.desc transformed, memory.desc multiplied,
            memory.desc scratch) {
        private static final long LINE = 64;

        /// What a chunk takes in a region that holds several, in bytes.
        static long each(memory.desc desc) {
            return Math.ceilDiv(desc.get_size(), LINE) * LINE;
        }
    }

    /// Sets a dense view to one value.
    record Fill(TensorView view, float value) implements PreparedCall {}

    /// What a primitive reads or writes, by oneDNN's number for it.
    sealed interface Argument {
        int number();
    }

    /// Constant data, the same in all contexts.
    record Constant(int number, memory memory) implements Argument {}

    /// Data in the context's memory.
    record Variable(int number, memory.desc desc, Lifetime region, long offset) implements Argument {}
}
