package dev.striate.data.video;

import dev.striate.StriateException;
import dev.striate.data.picture.Picture;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.FrameGrabber;

/// A video's file, decoded by FFmpeg.
final class VideoFile implements Frames {
    private static final double USUAL_RATE = 25;
    /// After so many damaged pictures in a row nothing more is expected.
    private static final int MOST_DAMAGED = 100;

    private final Path file;
    private final FFmpegFrameGrabber grabber;
    private final int quarterTurns;
    private boolean ended;

    private VideoFile(Path file, FFmpegFrameGrabber grabber) {
        this.file = file;
        this.grabber = grabber;
        // FFmpeg says by how many degrees a picture is to be turned to the left.
        quarterTurns = Math.floorMod(Math.round(-grabber.getDisplayRotation() / 90), 4);
    }

    static VideoFile open(Path file) {
        var grabber = new FFmpegFrameGrabber(file.toFile());
        grabber.setPixelFormat(avutil.AV_PIX_FMT_RGB24);
        try {
            grabber.start();
        } catch (FFmpegFrameGrabber.Exception e) {
            release(grabber);
            throw StriateException.file("A video was expected; " + file
                    + " cannot be decoded: it is none, or cut off before what says how.", e);
        }
        if (grabber.getImageWidth() < 1 || grabber.getImageHeight() < 1) {
            release(grabber);
            throw StriateException.file("A video was expected; " + file + " has no pictures.");
        }
        return new VideoFile(file, grabber);
    }

    @Override
    public String name() {
        return file.toString();
    }

    @Override
    public Optional<Picture> next() {
        for (var failures = 0; !ended && failures < MOST_DAMAGED; failures++) {
            try {
                var frame = grabber.grabImage();
                if (frame != null) return Optional.of(Turns.clockwise(picture(frame), quarterTurns));
                ended = true;
            } catch (FFmpegFrameGrabber.Exception _) {
                // A damaged picture is left out; the caller compares with what was expected.
            }
        }
        ended = true;
        return Optional.empty();
    }

    /// Rows may be followed by bytes that are none of the picture's.
    private static Picture picture(Frame frame) {
        var picture = Picture.black(frame.imageWidth, frame.imageHeight, 3);
        var rows = (ByteBuffer) frame.image[0];
        var row = 3 * frame.imageWidth;
        for (var y = 0; y < frame.imageHeight; y++) {
            rows.get(y * frame.imageStride, picture.pixels(), y * row, row);
        }
        return picture;
    }

    @Override
    public double framesPerSecond() {
        var rate = grabber.getVideoFrameRate();
        return Double.isFinite(rate) && rate > 0 ? rate : USUAL_RATE;
    }

    @Override
    public OptionalLong expected() {
        var context = grabber.getFormatContext();
        for (var i = 0; i < context.nb_streams(); i++) {
            AVStream stream = context.streams(i);
            if (stream.codecpar().codec_type() == avutil.AVMEDIA_TYPE_VIDEO && stream.nb_frames() > 0) {
                return OptionalLong.of(stream.nb_frames());
            }
        }
        return OptionalLong.empty();
    }

    @Override
    public void close() {
        release(grabber);
    }

    private static void release(FFmpegFrameGrabber grabber) {
        try {
            grabber.close();
        } catch (FrameGrabber.Exception e) {
            throw new IllegalStateException("FFmpeg could not free what it had", e);
        }
    }
}
