package dev.striate.vision.detect;

/// How many frames of a video are done, and what took how long, in seconds.
public record Speed(long frames, double reading, double network, double drawing, double writing) {
    public double seconds() {
        return reading + network + drawing + writing;
    }

    /// 0 before the first frame.
    public double framesPerSecond() {
        return seconds() == 0 ? 0 : frames / seconds();
    }
}
