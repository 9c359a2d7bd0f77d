package dev.striate.vision.verify;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.decomposition.TriangularSolver_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;

/// The linear map after which pictures of one identity differ as much in all directions, so that distances count what tells
/// identities apart (Belhumeur et al. 1997, §2.4: principal components, then the scatter within classes). A map onto as many values
/// as there are features has no need of the components, and keeps the directions in which the pictures at hand do not differ but
/// those of others may.
///
/// @param weights values of the result × values of a feature
/// @param bias what is added, so that the mean of all features becomes 0
record Discriminants(float[] weights, float[] bias) {
    /// The share of the mean variance within identities that is added to all: few pictures know small ones badly.
    private static final double RIDGE = 0.3;

    /// @param features a row for each picture
    /// @param length of the result: that of a feature, or less than both that and the rows
    static Discriminants of(float[][] features, int[] labels, int length) {
        var mean = mean(features);
        var x = new DMatrixRMaj(features.length, mean.length);
        for (var i = 0; i < features.length; i++) {
            for (var k = 0; k < mean.length; k++) x.set(i, k, features[i][k] - mean[k]);
        }
        if (length == mean.length) return affine(whitening(within(x, labels)), mean);
        var components = components(x, length); // features × length
        var projected = new DMatrixRMaj(features.length, length);
        CommonOps_DDRM.mult(x, components, projected);
        var map = new DMatrixRMaj(mean.length, length);
        CommonOps_DDRM.mult(components, whitening(within(projected, labels)), map);
        return affine(map, mean);
    }

    private static double[] mean(float[][] features) {
        var mean = new double[features[0].length];
        for (var row : features) for (var k = 0; k < mean.length; k++) mean[k] += row[k] / (double) features.length;
        return mean;
    }

    /// The directions of the greatest variance: eigenvectors of the products of columns or, where those are fewer, of rows.
    private static DMatrixRMaj components(DMatrixRMaj x, int length) {
        return x.numCols <= x.numRows ? byColumns(x, length) : byRows(x, length);
    }

    private static DMatrixRMaj byColumns(DMatrixRMaj x, int length) {
        var products = new DMatrixRMaj(x.numCols, x.numCols);
        CommonOps_DDRM.multTransA(x, x, products);
        var roots = Roots.of(products);
        var components = new DMatrixRMaj(x.numCols, length);
        for (var k = 0; k < length; k++) CommonOps_DDRM.insert(roots.vector(k), components, 0, k);
        return components;
    }

    private static DMatrixRMaj byRows(DMatrixRMaj x, int length) {
        var products = new DMatrixRMaj(x.numRows, x.numRows);
        CommonOps_DDRM.multTransB(x, x, products);
        var roots = Roots.of(products);
        var components = new DMatrixRMaj(x.numCols, length);
        var direction = new DMatrixRMaj(x.numCols, 1);
        for (var k = 0; k < length; k++) {
            CommonOps_DDRM.multTransA(x, roots.vector(k), direction);
            var size = Math.sqrt(Math.max(roots.values[k], Double.MIN_NORMAL));
            for (var i = 0; i < x.numCols; i++) components.set(i, k, direction.get(i) / size);
        }
        return components;
    }

    /// The covariance about the mean of each identity.
    private static DMatrixRMaj within(DMatrixRMaj rows, int[] labels) {
        var people = Arrays.stream(labels).max().orElseThrow() + 1;
        var sums = new double[people][rows.numCols];
        var counts = new int[people];
        for (var i = 0; i < labels.length; i++) {
            counts[labels[i]]++;
            for (var k = 0; k < rows.numCols; k++) sums[labels[i]][k] += rows.get(i, k);
        }
        var centred = new DMatrixRMaj(rows.numRows, rows.numCols);
        for (var i = 0; i < labels.length; i++) {
            for (var k = 0; k < rows.numCols; k++) {
                centred.set(i, k, rows.get(i, k) - sums[labels[i]][k] / counts[labels[i]]);
            }
        }
        var covariance = new DMatrixRMaj(rows.numCols, rows.numCols);
        CommonOps_DDRM.multTransA(1.0 / rows.numRows, centred, centred, covariance);
        return covariance;
    }

    /// The map after which a covariance is 1 in all directions, but for the ridge: with C = L·Lᵀ rows times L⁻ᵀ.
    private static DMatrixRMaj whitening(DMatrixRMaj covariance) {
        var n = covariance.numRows;
        var ridge = RIDGE * CommonOps_DDRM.trace(covariance) / n + Double.MIN_NORMAL;
        for (var k = 0; k < n; k++) covariance.add(k, k, ridge);
        var factor = DecompositionFactory_DDRM.chol(n, true);
        if (!factor.decompose(covariance)) throw new IllegalStateException("a covariance with a ridge has a root");
        var root = factor.getT(null);
        TriangularSolver_DDRM.invertLower(root.data, n);
        return CommonOps_DDRM.transpose(root, null);
    }

    private static Discriminants affine(DMatrixRMaj map, double[] mean) {
        var scale = 1 / Math.sqrt(CommonOps_DDRM.elementMaxAbs(map) + Double.MIN_NORMAL);
        var weights = new float[map.getNumElements()];
        var bias = new float[map.numCols];
        for (var k = 0; k < map.numCols; k++) {
            var sum = 0.0;
            for (var i = 0; i < map.numRows; i++) {
                weights[k * map.numRows + i] = (float) (scale * map.get(i, k));
                sum -= scale * map.get(i, k) * mean[i];
            }
            bias[k] = (float) sum;
        }
        return new Discriminants(weights, bias);
    }

    /// A symmetric matrix's eigenvalues, falling, and their vectors.
    private static final class Roots {
        private final double[] values;
        private final DMatrixRMaj[] vectors;

        private Roots(double[] values, DMatrixRMaj[] vectors) {
            this.values = values;
            this.vectors = vectors;
        }

        static Roots of(DMatrixRMaj symmetric) {
            var solver = DecompositionFactory_DDRM.eig(symmetric.numRows, true, true);
            if (!solver.decompose(symmetric.copy())) throw new IllegalStateException("symmetric matrices have roots");
            var count = solver.getNumberOfEigenvalues();
            var order = IntStream.range(0, count).boxed()
                    .sorted(Comparator.comparingDouble(i -> -solver.getEigenvalue(i).getReal())).toList();
            return new Roots(order.stream().mapToDouble(i -> solver.getEigenvalue(i).getReal()).toArray(),
                    order.stream().map(solver::getEigenVector).toArray(DMatrixRMaj[]::new));
        }

        DMatrixRMaj vector(int k) {
            return vectors[k];
        }
    }
}
