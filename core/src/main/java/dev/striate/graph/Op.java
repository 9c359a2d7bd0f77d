package dev.striate.graph;

import dev.striate.StriateException;
import dev.striate.json.Formerly;
import dev.striate.tree.ClassTree;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The operations. To add one: a record here, and an arm in each switch that the compiler then points at.
public sealed interface Op {

    /// How many inputs the operation reads: 0 for the network's input, 1 for most.
    default boolean accepts(int inputs) {
        return inputs == 1;
    }

    /// An operation without parameters.
    sealed interface Weightless extends Op {}

    /// An operation that works on each value by itself and keeps the shape.
    sealed interface Pointwise extends Weightless {}

    /// The pictures that enter.
    record Input(Shape shape) implements Weightless {
        @Override
        public boolean accepts(int inputs) {
            return inputs == 0;
        }
    }

    /// Cross-correlation with `filters` kernels (the kernel is not flipped), in `groups` of channels.
    /// Parameters: `weight` filters × channels/groups × kh × kw and, with a bias, `bias` filters.
    record Conv(int filters, Window window, int groups, boolean bias) implements Op {
        public Conv {
            inGroups(filters, groups);
        }
    }

    /// The transpose of a convolution: output side `s(n−1) + d(f−1) + 1 − 2p + outputPadding`.
    /// Parameters: `weight` channels × filters/groups × kh × kw and, with a bias, `bias` filters.
    record TransposedConv(int filters, Window window, Size outputPadding, int groups, boolean bias, Filters from)
            implements
            Op {
        public TransposedConv {
            inGroups(filters, groups);
        }

        public TransposedConv(int filters, Window window, Size outputPadding, int groups, boolean bias) {
            this(filters, window, outputPadding, groups, bias, Filters.DRAWN);
        }

        public TransposedConv withFilters(int filters) {
            return new TransposedConv(filters, window, outputPadding, groups, bias, from);
        }
    }

    /// A convolution whose filters each see only the channels that a table lists: C3 of LeNet-5 (LeCun et al. 1998, table I).
    /// Parameters: `weight` connections × kh × kw, `bias` one for each filter.
    record TableConv(List<List<Integer>> table, Window window) implements Op {
        public TableConv {
            table = table.stream().map(List::copyOf).toList();
            atLeastOne("filter", table.size());
        }

        public int connections() {
            return table.stream().mapToInt(List::size).sum();
        }
    }

    /// A convolution whose kernels are not shared between places (YOLO v1's local layer).
    /// Parameters: `weight` places × filters × (channels·kh·kw), `bias` filters × oh × ow.
    record LocalConv(int filters, Window window) implements Op {
        public LocalConv {
            atLeastOne("filter", filters);
        }
    }

    /// A fully connected layer on a flat input. Parameters: `weight` features × inputs and, with a bias, `bias` features.
    record Linear(int features, boolean bias) implements Op {
        public Linear {
            atLeastOne("feature", features);
        }
    }

    /// Batch normalisation (Ioffe and Szegedy 2015): per channel `weight·(x − mean)/√(variance + ε) + bias`; the running
    /// statistics move by `momentum` towards each batch's. Parameters `weight`, `bias`; buffers `running_mean`, `running_var`.
    @Formerly(Biased.class)
    record BatchNorm(double epsilon, double momentum, BatchVariance variance) implements Op {
        public BatchNorm(double epsilon, double momentum) {
            this(epsilon, momentum, BatchVariance.BIASED);
        }
    }

    /// AlexNet's normalisation (Krizhevsky et al. 2012, §3.3): `a_i / (k + α Σ a_j²)^β` over `size` neighbouring channels.
    /// α is the paper's, not divided by the size as PyTorch and Caffe do.
    record LocalResponseNorm(int size, double alpha, double beta, double k) implements Weightless {}

    /// Scales the vector at each place to length 1 over the channels: `x / max(‖x‖₂, ε)`.
    record L2Norm(double epsilon) implements Weightless {}

    /// A trainable factor and offset for each channel: LeNet-5's sub-sampling. Parameters `weight`, `bias`.
    record ChannelAffine() implements Op {}

    /// LeNet-5's output (LeCun et al. 1998, §II-B): the squared distance to a fixed prototype for each class.
    record RadialBasis(List<List<Integer>> prototypes) implements Weightless {
        public RadialBasis {
            prototypes = prototypes.stream().map(List::copyOf).toList();
            atLeastOne("prototype", prototypes.size());
        }
    }

    record Relu() implements Pointwise {}

    record LeakyRelu(double slope) implements Pointwise {}

    record Sigmoid() implements Pointwise {}

    record Tanh() implements Pointwise {}

    /// Softmax over the channels.
    record Softmax() implements Weightless {}

    /// Multiplication by a constant: residual scaling (Szegedy et al. 2016, §3.3).
    record Scale(double factor) implements Pointwise {}

    /// In training sets each value to zero with probability `rate` and scales the others by 1/(1 − rate).
    record Dropout(double rate) implements Pointwise {
        public Dropout {
            probability("dropout", rate);
        }
    }

    /// Stochastic depth (Huang et al. 2016): in training drops a picture's whole branch with probability `rate`.
    record DropPath(double rate) implements Pointwise {
        public DropPath {
            probability("drop path", rate);
        }
    }

    record MaxPool(Window window, boolean ceil) implements Weightless {}

    /// Average pooling; `countPadding` says whether padding counts in the divisor.
    record AvgPool(Window window, boolean ceil, boolean countPadding) implements Weightless {}

    /// Lp pooling `(Σ |x|^p)^(1/p)`; p = 2 is L2-norm pooling.
    record LpPool(double power, Window window, boolean ceil) implements Weightless {}

    /// Averages over as many areas as give the wanted output size; 1×1 is global average pooling.
    record AdaptiveAvgPool(Size output) implements Weightless {}

    /// Where a detector with regions is cut in two (Girshick 2015, §2.1): behind it the network sees not pictures but the
    /// parts of the map that lie below regions, each brought to one size. Which regions, plain code between the two
    /// halves says ([dev.striate.region.RegionDetector]).
    ///
    /// @param bins the size that each region gets
    /// @param stride pixels to a cell of the map
    /// @param scales the roots of the areas, in pixels, of the anchors that a region proposal network has on this map; none
    ///        where proposals come from elsewhere
    /// @param ratios of the anchors, height over width
    record RegionPooling(Method method, Size bins, int stride, List<Double> scales, List<Double> ratios)
            implements
            Weightless {
        /// How the cells below a bin become one value.
        public enum Method {
            /// The largest of them (Girshick 2015, §2.1).
            MAX,
            /// The mean of interpolated values, without rounding (He et al. 2017, §3).
            ALIGN
        }

        public RegionPooling {
            atLeastOne("pixel to a cell", stride);
            scales = List.copyOf(scales);
            ratios = List.copyOf(ratios);
            if (scales.isEmpty() != ratios.isEmpty()) {
                throw StriateException.network("Anchors expect scales and ratios; received " + scales + " and " + ratios
                        + ".");
            }
        }
    }

    /// `|x − x′|` of the two pictures of a pair, for both of them; a batch's pictures 0 and 1 are a pair, 2 and 3 the next
    /// (Koch et al. 2015, §3.1). Before it a network reads pictures by themselves: [dev.striate.embedding.Towers].
    record PairDifference() implements Weightless {}

    /// Channels × height × width to a vector, in that order.
    record Flatten() implements Weightless {}

    /// Joins inputs of equal height and width along the channels.
    record Concat() implements Weightless {
        @Override
        public boolean accepts(int inputs) {
            return inputs >= 1;
        }
    }

    /// The sum of inputs of one shape.
    record Add() implements Weightless {
        @Override
        public boolean accepts(int inputs) {
            return inputs >= 2;
        }
    }

    /// Channels `from` (inclusive) to `to` (exclusive).
    record Slice(int from, int to) implements Weightless {}

    /// Enlarges by a whole factor.
    record Upsample(int factor, Interpolation interpolation) implements Weightless {
        public Upsample {
            atLeastOne("factor", factor);
        }
    }

    /// Moves each block × block square into the channels: YOLO v2's passthrough.
    record SpaceToDepth(int block, BlockOrder order) implements Weightless {
        public SpaceToDepth {
            atLeastOne("block side", block);
        }
    }

    /// Surrounds the picture with a constant; `value` may be −∞ ahead of a max pooling.
    record Pad(int top, int left, int bottom, int right, double value) implements Weightless {}

    /// The part of the first input from row `top` and column `left` on that is as high and wide as the second, of which
    /// only the size is read: how maps of unlike borders meet (Long, Shelhamer and Darrell 2015).
    record Crop(int top, int left) implements Weightless {
        public Crop {
            if (Math.min(top, left) < 0) {
                throw new StriateException("A crop starts inside its input; received row " + top + ", column " + left
                        + ".");
            }
        }

        @Override
        public boolean accepts(int inputs) {
            return inputs == 2;
        }
    }

    /// Adds channels of zeros before and after (shortcut A of He et al. 2015, §3.3).
    record PadChannels(int before, int after) implements Weightless {}

    /// A detector's output layer as Darknet names it, kept with its settings; passes its input through.
    record Detection(String kind, Map<String, String> settings) implements Weightless {
        public Detection {
            settings = Collections.unmodifiableMap(new TreeMap<>(settings));
        }
    }

    /// A classifier's output whose classes are kinds of one another (Redmon and Farhadi 2017, §4): passes the
    /// logits through, of which siblings share a softmax in the loss and in the answer.
    ///
    /// @param parents of the classes, as [ClassTree#text] gives them
    /// @param threshold how sure, from 0 to 1, a class must be to be the answer instead of the one above it
    record TreeLogits(String parents, double threshold) implements Weightless {
        /// How sure the paper's descent wants to be, and Darknet's.
        public static final double USUAL_THRESHOLD = 0.5;

        public TreeLogits {
            parents = ClassTree.parse(parents).text();
            if (!(threshold >= 0 && threshold <= 1)) {
                throw StriateException.network("The descent of a tree of classes expects a threshold from 0 to 1; "
                        + "received " + threshold + ".");
            }
        }

        public TreeLogits(ClassTree tree) {
            this(tree.text(), USUAL_THRESHOLD);
        }

        public ClassTree tree() {
            return ClassTree.parse(parents);
        }
    }

    /// The filters of a transposed convolution: drawn as the recipe says, or bilinear interpolation of each channel by
    /// itself, from which training goes on or which stays (Long, Shelhamer and Darrell 2015, §3.3 and §4.2).
    enum Filters {
        DRAWN,
        BILINEAR,
        FIXED_BILINEAR
    }

    /// What a batch in training is divided by: the root of its squares' mean, as in the paper, or what Darknet has: of
    /// their sum by n − 1, and a gradient that is not quite the derivative of that.
    enum BatchVariance {
        BIASED,
        DARKNET
    }

    enum Interpolation {
        NEAREST,
        BILINEAR
    }

    /// The order of channels after [SpaceToDepth]: `BLOCK_FIRST` puts channel c of place (i, j) at (i·block + j)·C + c;
    /// `DARKNET` is the order of Darknet's reorg layer, which reads its input as if it had the output's shape.
    enum BlockOrder {
        BLOCK_FIRST,
        DARKNET
    }

    private static void atLeastOne(String what, int received) {
        if (received < 1)
            throw StriateException.network("Expected at least one " + what + "; received " + received + ".");
    }

    private static void inGroups(int filters, int groups) {
        atLeastOne("filter", filters);
        atLeastOne("group", groups);
        if (filters % groups != 0) {
            throw StriateException.network(
                    "The " + filters + " filters of a convolution do not divide into " + groups + " groups.");
        }
    }

    private static void probability(String what, double rate) {
        if (!(rate >= 0 && rate < 1)) {
            throw StriateException.network("The rate of a " + what + " lies in [0, 1); received " + rate + ".");
        }
    }
}
