package dev.striate.graph;

import dev.striate.StriateException;

/// The size of one picture's worth of values: channels × height × width; a vector has height and width 1.
public record Shape(int channels, int height, int width) {
    public Shape {
        if (channels < 1 || height < 1 || width < 1) {
            throw new StriateException("A shape needs at least one channel, row and column; received " + channels + "×"
                    + height + "×" + width + ".");
        }
    }

    /// The shape of a vector of `channels` values.
    public static Shape vector(int channels) {
        return new Shape(channels, 1, 1);
    }

    public long elements() {
        return (long) channels * height * width;
    }

    public boolean isVector() {
        return height == 1 && width == 1;
    }

    public Shape withChannels(int channels) {
        return new Shape(channels, height, width);
    }

    public Shape withSize(Size size) {
        return new Shape(channels, size.height(), size.width());
    }

    public Size size() {
        return new Size(height, width);
    }

    @Override
    public String toString() {
        return channels + "×" + height + "×" + width;
    }
}
