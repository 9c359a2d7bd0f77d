package dev.striate.vision.report;

import dev.striate.StriateException;
import dev.striate.files.FileErrors;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.zip.CRC32C;

/// A file of scalars that TensorBoard reads: records of length, masked CRC-32C of the length, an `Event` in protobuf, and
/// its masked CRC-32C (tensorflow/core/lib/io/record_writer.h; core/util/event.proto).
public final class EventFile implements AutoCloseable {
    private static final int MASK = 0xa282ead8;
    private static final int VARINT = 0;
    private static final int DOUBLE = 1;
    private static final int BYTES = 2;
    private static final int FLOAT = 5;

    private final FileChannel channel;
    private final Path file;

    private EventFile(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /// Starts a file of its own in a folder, named by the time and the process.
    public static EventFile in(Path folder) {
        var file = folder.resolve("events.out.tfevents." + System.currentTimeMillis() / 1000 + ".striate."
                + ProcessHandle.current().pid() + "." + System.nanoTime() % 1000);
        try {
            var channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            var events = new EventFile(file, channel);
            events.write(new Message().add(1, now()).add(3, "brain.Event:2".getBytes(StandardCharsets.UTF_8)));
            return events;
        } catch (IOException e) {
            throw new StriateException(file + " could not be written: " + FileErrors.whyNotWritten(file, e) + ".", e);
        }
    }

    /// Adds scalars, by tag, at a step.
    public void scalars(long step, Map<String, Double> values) {
        var summary = new Message();
        values.forEach((tag, value) -> summary.add(1, new Message()
                .add(1, tag.getBytes(StandardCharsets.UTF_8)).add(2, value.floatValue()).bytes()));
        write(new Message().add(1, now()).add(2, step).add(5, summary.bytes()));
    }

    private static double now() {
        return System.currentTimeMillis() / 1e3;
    }

    private void write(Message event) {
        var data = event.bytes();
        var length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, data.length).array();
        var out = ByteBuffer.allocate(16 + data.length).order(ByteOrder.LITTLE_ENDIAN)
                .put(length).putInt(masked(length)).put(data).putInt(masked(data)).flip();
        try {
            while (out.hasRemaining()) channel.write(out);
        } catch (IOException e) {
            throw new StriateException(file + " could not be written: " + FileErrors.whyNotWritten(file, e) + ".", e);
        }
    }

    private static int masked(byte[] bytes) {
        var crc = new CRC32C();
        crc.update(bytes);
        return Integer.rotateRight((int) crc.getValue(), 15) + MASK;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new StriateException(file + " could not be closed: " + FileErrors.whyNotWritten(file, e) + ".", e);
        }
    }

    /// A protobuf message in the making: each field is its number and wire type, then its value.
    private static final class Message {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Message add(int field, double value) {
            tag(field, DOUBLE);
            out.writeBytes(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putDouble(0, value).array());
            return this;
        }

        Message add(int field, float value) {
            tag(field, FLOAT);
            out.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(0, value).array());
            return this;
        }

        Message add(int field, long value) {
            tag(field, VARINT);
            varint(value);
            return this;
        }

        Message add(int field, byte[] value) {
            tag(field, BYTES);
            varint(value.length);
            out.writeBytes(value);
            return this;
        }

        private void tag(int field, int type) {
            varint((long) field << 3 | type);
        }

        private void varint(long value) {
            var rest = value;
            for (; (rest & ~0x7fL) != 0; rest >>>= 7) out.write((int) (rest & 0x7f | 0x80));
            out.write((int) rest);
        }

        byte[] bytes() {
            return out.toByteArray();
        }
    }
}
