package dev.striate.vision.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Reads the records back by the formats' descriptions (TFRecord; protobuf's wire format).
class EventFileTest {
    @TempDir
    private Path folder;

    @Test
    void startsWithTheVersionAndHoldsEachScalarAtItsStep() throws IOException {
        try (var events = EventFile.in(folder)) {
            events.scalars(300, Map.of("loss", 0.75));
            events.scalars(301, Map.of("rate", 0.001));
        }
        var records = records();
        assertThat(records).hasSize(3);
        assertThat(new String(records.getFirst(), StandardCharsets.UTF_8)).endsWith("brain.Event:2");
        // Field 2, varint: 300 is 0xAC 0x02; then field 5 with one value: tag "loss", simple_value 0.75f.
        var event = ByteBuffer.wrap(records.get(1)).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(event.get()).isEqualTo((byte) 0x09);
        event.getDouble();
        var rest = new byte[event.remaining()];
        event.get(rest);
        assertThat(rest).containsExactly(0x10, 0xAC, 0x02, 0x2A, 13, 0x0A, 11, 0x0A, 4, 'l', 'o', 's', 's', 0x15, 0, 0,
                0x40, 0x3F);
    }

    /// A run that is stopped and resumed at once opens several in a second.
    @Test
    void findsAFreeNameForEachOfManyInASecond() throws IOException {
        for (var i = 0; i < 200; i++) EventFile.in(folder).close();
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(200);
        }
    }

    private List<byte[]> records() throws IOException {
        Path file;
        try (var files = Files.list(folder)) {
            file = files.findFirst().orElseThrow();
        }
        assertThat(file.getFileName().toString()).startsWith("events.out.tfevents.");
        var in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        var records = new ArrayList<byte[]>();
        while (in.hasRemaining()) {
            var length = new byte[8];
            in.get(length);
            assertThat(in.getInt()).isEqualTo(masked(length));
            var data = new byte[(int) ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong()];
            in.get(data);
            assertThat(in.getInt()).isEqualTo(masked(data));
            records.add(data);
        }
        return records;
    }

    private static int masked(byte[] bytes) {
        var crc = new CRC32C();
        crc.update(bytes);
        var value = (int) crc.getValue();
        return (value >>> 15 | value << 17) + 0xa282ead8;
    }
}
