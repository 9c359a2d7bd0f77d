package dev.striate.data.video;

import dev.striate.StriateException;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameRecorder;

/// How a video is compressed, by the ending of its file's name.
enum VideoCodec {
    /// OpenH264, which every browser and player reads.
    H264 {
        @Override
        void choose(FFmpegFrameRecorder recorder, double framesPerSecond) {
            recorder.setFormat("mp4");
            recorder.setVideoCodec(avcodec.AV_CODEC_ID_H264);
            recorder.setVideoCodecName("libopenh264");
            recorder.setPixelFormat(avutil.AV_PIX_FMT_YUV420P);
            var pixels = (double) recorder.getImageWidth() * recorder.getImageHeight() * framesPerSecond;
            recorder.setVideoBitrate((int) Math.clamp(pixels * BITS, LEAST_BITRATE, MOST_BITRATE));
        }
    },
    /// Each frame a JPEG, so that damage costs one.
    MOTION_JPEG {
        @Override
        void choose(FFmpegFrameRecorder recorder, double framesPerSecond) {
            recorder.setFormat("avi");
            recorder.setVideoCodec(avcodec.AV_CODEC_ID_MJPEG);
            recorder.setPixelFormat(avutil.AV_PIX_FMT_YUVJ420P);
            recorder.setVideoQuality(JPEG_QUANTISER);
        }
    };

    /// Bits of a pixel: sharp letters and lines cost more than what a camera sees.
    private static final double BITS = 0.2;
    private static final double LEAST_BITRATE = 400_000;
    private static final double MOST_BITRATE = 50_000_000;
    /// From 1, the finest, to 31.
    private static final double JPEG_QUANTISER = 3;

    static VideoCodec of(Path file) {
        return switch (Videos.ending(file)) {
            case "mp4" -> H264;
            case "avi" -> MOTION_JPEG;
            default -> throw new StriateException("A video's file name ends in .mp4 or .avi; received " + file + ".");
        };
    }

    void set(FFmpegFrameRecorder recorder, double framesPerSecond) {
        recorder.setFrameRate(framesPerSecond);
        choose(recorder, framesPerSecond);
    }

    abstract void choose(FFmpegFrameRecorder recorder, double framesPerSecond);
}
