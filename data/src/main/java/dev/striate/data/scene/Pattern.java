package dev.striate.data.scene;

import dev.striate.random.Draws;

/// How much of a second colour there is at a point, from 0 to 1.
@FunctionalInterface
interface Pattern {
    float at(float x, float y);

    /// One of several kinds with about `size` pixels between its features.
    static Pattern any(double size, Draws draws) {
        return switch (draws.nextInt(6)) {
            case 0 -> (_, _) -> 0;
            case 1 -> stripes(size, draws);
            case 2 -> dots(size, draws);
            case 3 -> tiles(size, draws);
            case 4 -> slope(size, draws);
            default -> clouds(size, draws);
        };
    }

    static Pattern stripes(double size, Draws draws) {
        var angle = draws.between(0, Math.PI);
        var alongX = (float) (Math.cos(angle) / size);
        var alongY = (float) (Math.sin(angle) / size);
        var phase = (float) draws.nextDouble();
        return (x, y) -> {
            var turn = alongX * x + alongY * y + phase;
            return soft(4 * Math.abs(turn - Math.round(turn)) - 1);
        };
    }

    static Pattern dots(double size, Draws draws) {
        var shift = (float) draws.nextDouble();
        var scale = (float) (1 / size);
        return (x, y) -> {
            var column = scale * x + shift;
            var row = scale * y + shift;
            var dx = column - Math.round(column);
            var dy = row - Math.round(row);
            return soft(3 * (0.3f - (float) Math.sqrt(dx * dx + dy * dy)) * (float) size / 3);
        };
    }

    static Pattern tiles(double size, Draws draws) {
        var shift = (float) draws.nextDouble();
        var scale = (float) (1 / size);
        return (x, y) -> ((int) Math.floor(scale * x + shift) + (int) Math.floor(scale * y)) & 1;
    }

    /// From one colour to the other and back over eight times the size.
    static Pattern slope(double size, Draws draws) {
        var angle = draws.between(0, 2 * Math.PI);
        var alongX = (float) (Math.cos(angle) / (8 * size));
        var alongY = (float) (Math.sin(angle) / (8 * size));
        var phase = (float) draws.nextDouble();
        return (x, y) -> {
            var turn = alongX * x + alongY * y + phase;
            return 2 * Math.abs(turn - Math.round(turn));
        };
    }

    /// Random values on a grid, smoothly interpolated (value noise), in two octaves.
    static Pattern clouds(double size, Draws draws) {
        var coarse = grid(draws);
        var fine = grid(draws);
        var scale = (float) (0.6 / size);
        return (x, y) -> 0.65f * value(coarse, scale * x, scale * y)
                + 0.35f * value(fine, 3 * scale * x, 3 * scale * y);
    }

    private static float[] grid(Draws draws) {
        var values = new float[GRID * GRID];
        for (var i = 0; i < values.length; i++) values[i] = draws.nextFloat();
        return values;
    }

    int GRID = 16;

    private static float value(float[] grid, float x, float y) {
        var column = (int) Math.floor(x);
        var row = (int) Math.floor(y);
        var u = smooth(x - column);
        var v = smooth(y - row);
        var upper = grid[place(column, row)] * (1 - u) + grid[place(column + 1, row)] * u;
        var lower = grid[place(column, row + 1)] * (1 - u) + grid[place(column + 1, row + 1)] * u;
        return upper * (1 - v) + lower * v;
    }

    private static int place(int column, int row) {
        return (row & GRID - 1) * GRID + (column & GRID - 1);
    }

    private static float smooth(float share) {
        return share * share * (3 - 2 * share);
    }

    private static float soft(float value) {
        return Math.clamp(0.5f + value, 0f, 1f);
    }
}
