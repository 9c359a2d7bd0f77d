package dev.striate.data.picture;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.stream.MemoryCacheImageInputStream;

/// Tells a JPEG whose compressed data are damaged in the middle. OpenCV decodes it all the same and shows no more than a
/// line on standard error; Java's own decoder passes on the warnings of the libjpeg inside it.
final class Damage {
    /// How libjpeg begins to speak of data that are not what the encoder wrote (its `jerror.h`).
    private static final String CORRUPT = "Corrupt JPEG data";

    private Damage() {}

    /// What is wrong; empty also where Java's decoder does not know the kind of JPEG (twelve bits, arithmetic coding).
    static Optional<String> of(byte[] jpeg) {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName("jpeg");
        if (!readers.hasNext()) return Optional.empty();
        var reader = readers.next();
        var found = new AtomicReference<String>();
        IIOReadWarningListener listener = (_, warning) -> {
            if (warning.startsWith(CORRUPT)) found.compareAndSet(null, warning);
        };
        reader.addIIOReadWarningListener(listener);
        try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(jpeg))) {
            reader.setInput(in, true, true);
            // The raster alone: no colours are converted.
            reader.readRaster(0, null);
        } catch (IOException | RuntimeException _) {
            // Whether the picture can be decoded at all is OpenCV's to say.
        } finally {
            reader.dispose();
        }
        return Optional.ofNullable(found.get());
    }
}
