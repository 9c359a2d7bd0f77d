package dev.striate.vision.style;

/// Moves a picture's values to where they cost less.
interface StyleDescent {
    /// Changes the values by one step.
    ///
    /// @param cost of these values
    void step(double[] values, double[] gradient, double cost);

    static StyleDescent of(StyleSettings settings, double[] start) {
        return switch (settings.descent()) {
            case GRADIENT -> new Steepest(settings.rate());
            case ADAM -> new Adam(settings.rate(), start.length);
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

    /// Kingma and Ba 2015, algorithm 1.
    final class Adam implements StyleDescent {
        private static final double BETA_1 = 0.9;
        private static final double BETA_2 = 0.999;
        private static final double EPSILON = 1e-8;
        private final double rate;
        private final double[] mean;
        private final double[] square;
        private int steps;

        Adam(double rate, int count) {
            this.rate = rate;
            mean = new double[count];
            square = new double[count];
        }

        @Override
        public void step(double[] values, double[] gradient, double cost) {
            steps++;
            var first = 1 - Math.pow(BETA_1, steps);
            var second = 1 - Math.pow(BETA_2, steps);
            for (var i = 0; i < values.length; i++) {
                mean[i] = BETA_1 * mean[i] + (1 - BETA_1) * gradient[i];
                square[i] = BETA_2 * square[i] + (1 - BETA_2) * gradient[i] * gradient[i];
                values[i] -= rate * (mean[i] / first) / (Math.sqrt(square[i] / second) + EPSILON);
            }
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
