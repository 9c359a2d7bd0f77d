package dev.striate.vision.report;

import com.google.protobuf.CodedOutputStream;
import dev.striate.StriateException;
import dev.striate.files.FileErrors;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.zip.CRC32C;

/// A file of scalars that TensorBoard reads: records of length, masked CRC-32C of the length, an `Event` in protobuf, and
/// its masked CRC-32C (tensorflow/core/lib/io/record_writer.h; core/util/event.proto, framework/summary.proto).
public final class EventFile implements AutoCloseable {
    private static final int MASK = 0xa282ead8;
    // Fields of Event, of Summary (value) and of Summary.Value (tag, simple_value).
    private static final int WALL_TIME = 1;
    private static final int STEP = 2;
    private static final int FILE_VERSION = 3;
    private static final int SUMMARY = 5;
    private static final int VALUE = 1;
    private static final int TAG = 1;
    private static final int SIMPLE_VALUE = 2;

    private final FileChannel channel;
    private final Path file;

    private EventFile(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /// Starts a file of its own in a folder, named by the time, the process and the first number that is free.
    public static EventFile in(Path folder) {
        var name = "events.out.tfevents." + System.currentTimeMillis() / 1000 + ".striate."
                + ProcessHandle.current().pid() + ".";
        for (var number = 0;; number++) {
            var file = folder.resolve(name + number);
            try {
                var channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                var events = new EventFile(file, channel);
                events.write(event -> event.writeString(FILE_VERSION, "brain.Event:2"));
                return events;
            } catch (FileAlreadyExistsException _) {
                // The next number, then.
            } catch (IOException e) {
                throw new StriateException(file + " could not be written: " + FileErrors.whyNotWritten(file, e) + ".",
                        e);
            }
        }
    }

    /// Adds scalars, by tag, at a step.
    public void scalars(long step, Map<String, Double> values) {
        write(event -> {
            event.writeInt64(STEP, step);
            event.writeByteArray(SUMMARY, message(summary -> {
                for (var scalar : values.entrySet()) summary.writeByteArray(VALUE, message(value -> {
                    value.writeString(TAG, scalar.getKey());
                    value.writeFloat(SIMPLE_VALUE, scalar.getValue().floatValue());
                }));
            }));
        });
    }

    /// What writes the fields of a message.
    private interface Fields {
        void write(CodedOutputStream message) throws IOException;
    }

    private static byte[] message(Fields fields) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var message = CodedOutputStream.newInstance(bytes);
        fields.write(message);
        message.flush();
        return bytes.toByteArray();
    }

    private void write(Fields fields) {
        try {
            var event = message(all -> {
                all.writeDouble(WALL_TIME, System.currentTimeMillis() / 1e3);
                fields.write(all);
            });
            var length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, event.length).array();
            var out = ByteBuffer.allocate(16 + event.length).order(ByteOrder.LITTLE_ENDIAN)
                    .put(length).putInt(masked(length)).put(event).putInt(masked(event)).flip();
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
}
