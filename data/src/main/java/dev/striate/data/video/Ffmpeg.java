package dev.striate.data.video;

import dev.striate.StriateException;
import dev.striate.natives.NativeSettings;
import org.bytedeco.ffmpeg.global.avutil;

/// Loads FFmpeg once; it is an optional dependency.
final class Ffmpeg {
    private Ffmpeg() {}

    /// Call before the first use of a class of FFmpeg's or JavaCV's.
    static void load() {
        try {
            Loaded.ensure();
        } catch (LinkageError e) {
            throw new StriateException(StriateException.Kind.MACHINE,
                    "Videos are read by FFmpeg, of which this program lacks a part ("
                            + e.getMessage()
                            + "): it needs org.bytedeco:javacv, and org.bytedeco:ffmpeg with its library "
                            + "for this platform.",
                    e);
        }
    }

    private static final class Loaded {
        static {
            NativeSettings.ensure();
            // What it would print, an exception says anyway.
            avutil.av_log_set_level(avutil.AV_LOG_QUIET);
        }

        private Loaded() {}

        static void ensure() {}
    }
}
