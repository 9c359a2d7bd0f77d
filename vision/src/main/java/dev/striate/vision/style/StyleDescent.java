package dev.striate.vision.style;

import dev.striate.recipe.Optimization;
import dev.striate.recipe.Optimizer;
import dev.striate.recipe.WeightDecay;
import dev.striate.torch.ArrayOptimizer;

/// Moves a picture's values to where they cost less.
interface StyleDescent extends AutoCloseable {
    /// Changes the values by one step.
    ///
    /// @param cost of these values
    void step(double[] values, double[] gradient, double cost);

    @Override
    default void close() {}

    static StyleDescent of(StyleSettings settings, double[] start) {
        return switch (settings.descent()) {
            case GRADIENT -> new Steepest(settings.rate());
            case ADAM -> new Adam(settings.rate(), start);
            case LBFGS -> new Quasi();
        };
    }

    /// A step of one mean length down the gradient, a shorter one from when it led up.
    final class Steepest implements StyleDescent {
        private static final double SHORTER = 0.7;
        private double rate;
        private double last = Double.POSITIVE_INFINITY;

        Steepest(double rate) {
            this.rate = rate;
        }

        @Override
        public void step(double[] values, double[] gradient, double cost) {
            if (cost > last) rate *= SHORTER;
            last = cost;
            var squares = 0.0;
            for (var slope : gradient) squares += slope * slope;
            var size = Math.max(Math.sqrt(squares / gradient.length), Double.MIN_NORMAL);
            for (var i = 0; i < values.length; i++) values[i] -= rate * gradient[i] / size;
        }
    }

    /// Kingma and Ba 2015, algorithm 1, as weights are trained.
    final class Adam implements StyleDescent {
        private final double rate;
        private final ArrayOptimizer optimizer;

        Adam(double rate, double[] start) {
            this.rate = rate;
            optimizer = new ArrayOptimizer(Optimization.of(Optimizer.adam(), rate, WeightDecay.NONE), floats(start));
        }

        @Override
        public void step(double[] values, double[] gradient, double cost) {
            optimizer.place(floats(values)); // kept within what a picture can have since the last step
            optimizer.step(floats(gradient), rate);
            var moved = optimizer.values();
            for (var i = 0; i < values.length; i++) values[i] = moved[i];
        }

        private static float[] floats(double[] values) {
            var floats = new float[values.length];
            for (var i = 0; i < values.length; i++) floats[i] = (float) values[i];
            return floats;
        }

        @Override
        public void close() {
            optimizer.close();
        }
    }

    /// L-BFGS; where a step has made things much worse it is taken back, and what led there forgotten.
    final class Quasi implements StyleDescent {
        private static final double MUCH_WORSE = 1.5;
        private final LimitedMemory memory = new LimitedMemory();
        private double[] best = new double[0];
        private double[] bestGradient = new double[0];
        private double least = Double.POSITIVE_INFINITY;
        private double share = 1;

        @Override
        public void step(double[] values, double[] gradient, double cost) {
            var slope = gradient;
            if (!(cost <= MUCH_WORSE * least)) {
                memory.forget();
                share /= 2;
                System.arraycopy(best, 0, values, 0, values.length);
                slope = bestGradient;
            } else if (cost < least) {
                least = cost;
                best = values.clone();
                bestGradient = gradient.clone();
                share = Math.min(1, share * 1.5);
            }
            var step = memory.step(values, slope);
            for (var i = 0; i < values.length; i++) values[i] += share * step[i];
        }
    }
}
