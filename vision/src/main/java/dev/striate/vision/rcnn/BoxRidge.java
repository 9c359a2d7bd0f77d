package dev.striate.vision.rcnn;

import dev.striate.StriateException;
import dev.striate.region.BoxOffsets;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;

/// A ridge regression from a layer's values to the way from a proposal to its object (Girshick et al. 2014, appendix C).
/// The arrays are not copied.
///
/// @param weights values × 4
/// @param intercepts the four offsets of a region whose values are all 0
record BoxRidge(double[] weights, double[] intercepts) {
    static final int OFFSETS = 4;

    /// The regression that leaves every box where it is.
    static BoxRidge none(int values) {
        return new BoxRidge(new double[values * OFFSETS], new double[OFFSETS]);
    }

    /// Where the box of a region with these values should go.
    BoxOffsets offsets(float[] x) {
        var y = intercepts.clone();
        for (var i = 0; i < x.length; i++) {
            if (x[i] == 0) continue;
            for (var k = 0; k < OFFSETS; k++) y[k] += weights[i * OFFSETS + k] * x[i];
        }
        return new BoxOffsets(y[0], y[1], y[2], y[3]);
    }

    /// The same for values before they are multiplied by a factor.
    BoxRidge before(double factor) {
        var scaled = weights.clone();
        for (var i = 0; i < scaled.length; i++) scaled[i] *= factor;
        return new BoxRidge(scaled, intercepts);
    }

    /// Adds up the normal equations, some rows at a time, and solves them by Cholesky's factors:
    /// `w = (XᵀX + λI)⁻¹ Xᵀy` of x and y less their means, so that λ does not pull at the intercepts.
    static final class Equations {
        private static final int ROWS = 256;

        private final int values;
        private final DMatrixRMaj squares;
        private final DMatrixRMaj products;
        private final DMatrixRMaj sums;
        private final double[] targets = new double[OFFSETS];
        private final DMatrixRMaj x;
        private final DMatrixRMaj y;
        private int waiting;
        private long rows;

        Equations(int values) {
            this.values = values;
            squares = new DMatrixRMaj(values, values);
            products = new DMatrixRMaj(values, OFFSETS);
            sums = new DMatrixRMaj(1, values);
            x = new DMatrixRMaj(ROWS, values);
            y = new DMatrixRMaj(ROWS, OFFSETS);
        }

        void add(float[] row, BoxOffsets offsets) {
            var four = new double[] { offsets.x(), offsets.y(), offsets.width(), offsets.height() };
            for (var i = 0; i < values; i++) {
                x.set(waiting, i, row[i]);
                sums.data[i] += row[i];
            }
            for (var k = 0; k < OFFSETS; k++) {
                y.set(waiting, k, four[k]);
                targets[k] += four[k];
            }
            rows++;
            if (++waiting == ROWS) flush();
        }

        /// Rows that are not there count as 0.
        private void flush() {
            for (var row = waiting; row < ROWS; row++) {
                for (var i = 0; i < values; i++) x.set(row, i, 0);
                for (var k = 0; k < OFFSETS; k++) y.set(row, k, 0);
            }
            CommonOps_DDRM.multAddTransA(x, x, squares);
            CommonOps_DDRM.multAddTransA(x, y, products);
            waiting = 0;
        }

        BoxRidge solve(double lambda) {
            if (rows == 0) return none(values);
            flush();
            // Σ(x − x̄)(y − ȳ)ᵀ = Σxyᵀ − n x̄ȳᵀ
            var mean = new DMatrixRMaj(1, OFFSETS, true, targets.clone());
            CommonOps_DDRM.divide(mean, (double) rows);
            CommonOps_DDRM.multAddTransA(-1.0 / rows, sums, sums, squares);
            CommonOps_DDRM.multAddTransA(-1, sums, mean, products);
            for (var i = 0; i < values; i++) squares.add(i, i, lambda);
            var weights = new DMatrixRMaj(values, OFFSETS);
            var solver = LinearSolverFactory_DDRM.chol(values);
            if (!solver.setA(squares)) {
                throw new StriateException(
                        "A ridge regression of " + values + " values expects a λ large enough that its "
                                + "equations have a solution; received " + lambda + ".");
            }
            solver.solve(products, weights);
            CommonOps_DDRM.multAdd(-1.0 / rows, sums, weights, mean);
            return new BoxRidge(weights.data, mean.data);
        }
    }
}
