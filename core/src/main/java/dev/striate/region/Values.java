package dev.striate.region;

/// Numbers in one array, in single precision as networks give them, or in double: what is computed from them is written
/// once. The array is not copied.
public sealed interface Values {
    int length();

    double get(int index);

    void set(int index, double value);

    void add(int index, double value);

    /// This many zeros in the same precision.
    Values zeros(int length);

    /// The array itself where it is of single precision, else its rounded copy.
    float[] floats();

    /// The array itself where it is of double precision, else a copy.
    double[] doubles();

    static Values of(float... values) {
        return new Floats(values);
    }

    static Values of(double... values) {
        return new Doubles(values);
    }

    /// Single precision.
    record Floats(float[] floats) implements Values {
        @Override
        public int length() {
            return floats.length;
        }

        @Override
        public double get(int index) {
            return floats[index];
        }

        @Override
        public void set(int index, double value) {
            floats[index] = (float) value;
        }

        @Override
        public void add(int index, double value) {
            floats[index] += (float) value;
        }

        @Override
        public Values zeros(int length) {
            return new Floats(new float[length]);
        }

        @Override
        public double[] doubles() {
            var doubles = new double[floats.length];
            for (var i = 0; i < doubles.length; i++) doubles[i] = floats[i];
            return doubles;
        }
    }

    /// Double precision.
    record Doubles(double[] doubles) implements Values {
        @Override
        public int length() {
            return doubles.length;
        }

        @Override
        public double get(int index) {
            return doubles[index];
        }

        @Override
        public void set(int index, double value) {
            doubles[index] = value;
        }

        @Override
        public void add(int index, double value) {
            doubles[index] += value;
        }

        @Override
        public Values zeros(int length) {
            return new Doubles(new double[length]);
        }

        @Override
        public float[] floats() {
            var floats = new float[doubles.length];
            for (var i = 0; i < floats.length; i++) floats[i] = (float) doubles[i];
            return floats;
        }
    }
}
