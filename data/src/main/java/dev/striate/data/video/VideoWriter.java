package dev.striate.data.video;

import dev.striate.StriateException;
import dev.striate.data.picture.Picture;
import dev.striate.data.picture.Pictures;
import dev.striate.files.FileErrors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.FrameRecorder;

/// Writes a video of pictures of one size beside its target; [#close] finishes it and renames it over. H.264 in `.mp4`,
/// Motion JPEG in `.avi`. A side of an odd number of pixels gets one more, black, which both want. Begun by
/// [Videos#write].
public final class VideoWriter implements AutoCloseable {
    private final Path file;
    private final Path beside;
    private final FFmpegFrameRecorder recorder;
    private final Frame frame;
    private boolean failed;

    private VideoWriter(Path file, Path beside, FFmpegFrameRecorder recorder) {
        this.file = file;
        this.beside = beside;
        this.recorder = recorder;
        frame = new Frame(recorder.getImageWidth(), recorder.getImageHeight(), Frame.DEPTH_UBYTE, 3);
    }

    static VideoWriter open(Path file, VideoCodec codec, int width, int height, double framesPerSecond) {
        var beside = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".part");
        var recorder = new FFmpegFrameRecorder(beside.toFile(), even(width), even(height));
        codec.set(recorder, framesPerSecond);
        try {
            // FFmpeg says no more than that it could not; Java says why.
            Files.createFile(beside);
            recorder.start();
            return new VideoWriter(file, beside, recorder);
        } catch (FrameRecorder.Exception e) {
            remove(beside);
            throw StriateException.file(file + " could not be written: FFmpeg cannot begin a video of " + width + "×"
                    + height + " there.", e);
        } catch (IOException e) {
            throw StriateException.file(file + " could not be written: " + FileErrors.whyNotWritten(file, e) + ".", e);
        }
    }

    /// Adds a picture of the size that the file was opened with.
    public void write(Picture picture) {
        if (even(picture.width()) != frame.imageWidth || even(picture.height()) != frame.imageHeight) {
            throw new StriateException("Pictures of one size were expected for " + file + ", "
                    + frame.imageWidth + "×" + frame.imageHeight + "; received " + picture + ".");
        }
        var rgb = Pictures.rgb(Pictures.window(picture, 0, 0, frame.imageWidth, frame.imageHeight, false));
        var rows = (ByteBuffer) frame.image[0];
        var row = 3 * frame.imageWidth;
        for (var y = 0; y < frame.imageHeight; y++) rows.put(y * frame.imageStride, rgb.pixels(), y * row, row);
        try {
            recorder.record(frame, avutil.AV_PIX_FMT_RGB24);
        } catch (FFmpegFrameRecorder.Exception e) {
            throw broken(e);
        }
    }

    private StriateException broken(Exception e) {
        failed = true;
        return StriateException.file(file + " could not be written: FFmpeg failed, perhaps since no space is left on "
                + "the disk.", e);
    }

    private static int even(int side) {
        return side + side % 2;
    }

    /// Finishes the file; after a failure nothing is left.
    @Override
    public void close() {
        try {
            recorder.close();
            if (!failed) Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (FrameRecorder.Exception e) {
            throw broken(e);
        } catch (IOException e) {
            throw StriateException.file(file + " could not be written: " + FileErrors.whyNotWritten(file, e) + ".", e);
        } finally {
            frame.close();
            remove(beside);
        }
    }

    private static void remove(Path beside) {
        try {
            Files.deleteIfExists(beside);
        } catch (IOException e) {
            throw StriateException.file(beside + " is left of a failed write and could not be removed: "
                    + FileErrors.whyNotWritten(beside, e) + ".", e);
        }
    }
}
