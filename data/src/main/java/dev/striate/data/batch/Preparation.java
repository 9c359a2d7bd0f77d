package dev.striate.data.batch;

import dev.striate.StriateException;
import dev.striate.data.picture.Affine;
import dev.striate.data.picture.Picture;
import dev.striate.data.picture.Pictures;
import dev.striate.graph.Shape;
import dev.striate.graph.Size;
import dev.striate.recipe.Preprocessing;
import dev.striate.recipe.Preprocessing.Border;
import dev.striate.recipe.Preprocessing.CenterCrop;
import dev.striate.recipe.Preprocessing.CornerStretch;
import dev.striate.recipe.Preprocessing.Letterbox;
import dev.striate.recipe.Preprocessing.Stretch;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Carries out a [Preprocessing]: the one way from a decoded picture to a network's input, in training without
/// augmentation, evaluation and prediction. Safe to use from many threads at once.
public final class Preparation {
    private final Preprocessing preprocessing;
    /// For each channel, what the 8-bit values 0 to 255 become.
    private final float[][] normalised;
    private final ThreadLocal<float[]> row;

    public Preparation(Preprocessing preprocessing) {
        this.preprocessing = preprocessing;
        var input = preprocessing.input();
        if (input.channels() != 1 && input.channels() != 3) {
            throw new StriateException(
                    "A network for pictures expects 1 channel (grey) or 3 (RGB); received an input of "
                            + input + ".");
        }
        normalised = new float[input.channels()][256];
        for (var channel = 0; channel < normalised.length; channel++) {
            for (var value = 0; value < 256; value++) {
                normalised[channel][value] = (float) ((value / 255.0 - preprocessing.mean().get(channel))
                        / preprocessing.deviation().get(channel));
            }
        }
        row = ThreadLocal.withInitial(() -> new float[input.width() * input.channels()]);
    }

    public Preprocessing preprocessing() {
        return preprocessing;
    }

    public Shape input() {
        return preprocessing.input();
    }

    /// The bytes of one prepared picture: float32, height × width × channels.
    public long bytes() {
        return input().elements() * Float.BYTES;
    }

    /// Prepares a picture of any size into `target`, of [#bytes] bytes: H×W×C float32 in the machine's byte order.
    public void prepare(Picture picture, MemorySegment target) {
        if (preprocessing.fit() instanceof CornerStretch) exactly(picture, target);
        else normalise(fit(picture), target);
    }

    /// As Darknet, which does not round what it has resized.
    private void exactly(Picture picture, MemorySegment target) {
        var values = CornerResizing.exact(Pictures.withChannels(picture, input().channels()), input().size());
        for (var i = 0; i < values.length; i++) {
            var channel = i % input().channels();
            values[i] = (float) ((values[i] / 255 - preprocessing.mean().get(channel))
                    / preprocessing.deviation().get(channel));
        }
        MemorySegment.copy(values, 0, target, ValueLayout.JAVA_FLOAT, 0, values.length);
    }

    /// The same into memory of its own, which lives as long as the arena.
    public MemorySegment prepared(Picture picture, Arena arena) {
        var target = arena.allocate(bytes(), 64);
        prepare(picture, target);
        return target;
    }

    /// Brings a picture to the input's channels and size, still in 8 bits.
    public Picture fit(Picture picture) {
        var resized = resizedTo(picture.size());
        var channels = Pictures.withChannels(picture, input().channels());
        if (preprocessing.fit() instanceof CornerStretch) return CornerResizing.of(channels, resized);
        var suited = Pictures.resize(channels, resized.width(), resized.height());
        var x = half(resized.width() - input().width());
        var y = half(resized.height() - input().height());
        return preprocessing.fit() instanceof Letterbox(var grey)
                ? Pictures.onGrey(suited, x, y, input().width(), input().height(), grey)
                : Pictures.window(suited, x, y, input().width(), input().height(), false);
    }

    /// Where [#fit] puts the points of a picture.
    public Affine placement(Picture picture) {
        return placement(picture.size());
    }

    /// Where [#fit] puts the points of a picture of this size; its inverse brings boxes back to the picture.
    public Affine placement(Size picture) {
        var resized = resizedTo(picture);
        return Affine.scaled((double) resized.width() / picture.width(), (double) resized.height() / picture.height())
                .then(Affine.moved(-half(resized.width() - input().width()),
                        -half(resized.height() - input().height())));
    }

    /// The size of the whole picture before a part is cut out of its middle, or it is put on black.
    private Size resizedTo(Size picture) {
        return switch (preprocessing.fit()) {
            case Stretch _,CornerStretch _ -> input().size();
            case CenterCrop(var shortSide) -> Pictures.withShorterSide(picture, shortSide);
            case Border(var inner) -> inner;
            case Letterbox _ -> inside(picture, input().size());
        };
    }

    /// The largest size of a picture's aspect that fits.
    private static Size inside(Size picture, Size frame) {
        var scale = Math.min((double) frame.width() / picture.width(), (double) frame.height() / picture.height());
        return new Size(Math.clamp((int) (picture.height() * scale), 1, frame.height()),
                Math.clamp((int) (picture.width() * scale), 1, frame.width()));
    }

    /// Writes a picture that already has the input's channels and size.
    public void normalise(Picture fitted, MemorySegment target) {
        var input = input();
        if (fitted.width() != input.width() || fitted.height() != input.height()
                || fitted.channels() != input.channels()) {
            throw new StriateException("A picture fitted to " + input + " was expected; received " + fitted + ".");
        }
        var floats = row.get();
        for (var y = 0; y < input.height(); y++) {
            fill(fitted.pixels(), y * floats.length, floats);
            MemorySegment.copy(floats, 0, target, ValueLayout.JAVA_FLOAT, (long) y * floats.length * Float.BYTES,
                    floats.length);
        }
    }

    /// Half of an odd margin goes to the even side, half of an odd border is cut: as torchvision has it.
    private static int half(int margin) {
        return margin < 0 ? margin / 2 : (int) Math.rint(margin / 2.0);
    }

    private void fill(byte[] pixels, int from, float[] floats) {
        if (normalised.length == 1) {
            var values = normalised[0];
            for (var i = 0; i < floats.length; i++) floats[i] = values[pixels[from + i] & 0xff];
            return;
        }
        var red = normalised[0];
        var green = normalised[1];
        var blue = normalised[2];
        for (var i = 0; i < floats.length; i += 3) {
            floats[i] = red[pixels[from + i] & 0xff];
            floats[i + 1] = green[pixels[from + i + 1] & 0xff];
            floats[i + 2] = blue[pixels[from + i + 2] & 0xff];
        }
    }
}
