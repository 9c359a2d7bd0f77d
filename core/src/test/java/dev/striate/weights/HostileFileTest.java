package dev.striate.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.striate.StriateException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileFileTest {
    @TempDir
    Path folder;

    @Test
    void readsTheTensorThatTheOtherTestsBreak() {
        var file = write(legacy(0, new long[] { 2, 2 }, new long[] { 2, 1 }, 4));
        assertThat(StateDict.read(file).tensors().get("x").floats()).containsExactly(1, 2, 3, 4);
        assertThat(StateDict.read(write(zip(ZipEntry.STORED, 16))).tensors().get("x").floats())
                .containsExactly(1, 2, 3, 4);
    }

    @ParameterizedTest
    @ValueSource(strings = { "posix.system", "os.system", "builtins.eval", "builtins.getattr", "torch.load",
            "torch.nn.modules.container.Sequential" })
    void refusesAPickleThatAsksForAProgram(String name) {
        var trace = folder.resolve("trace");
        var dot = name.lastIndexOf('.');
        var pickle = PickleBuilder.legacy().bytes(0x80, 2)
                .global(name.substring(0, dot), name.substring(dot + 1))
                .bytes('(').text("touch " + trace).bytes('t', 'R', '.')
                .build();
        thenRefused(pickle, "its pickle asks for " + name + ", which is no tensor: refused; nothing was executed.");
        assertThat(trace).doesNotExist();
    }

    @Test
    void refusesAProgramThatIsNamedOnTheStack() {
        thenRefused(new PickleBuilder().bytes(0x80, 4).bytes(0x8c, 2).raw(new byte[] { 'o', 's' })
                .text("system").bytes(0x93, '.').build(), "its pickle asks for os.system, which is no tensor");
    }

    @Test
    void refusesAProgramInsideAZip() {
        var pickle = new PickleBuilder().bytes(0x80, 2).global("os", "system").bytes('.').build();
        thenRefused(zipped(ZipEntry.STORED, "a/data.pkl", pickle), "its pickle asks for os.system");
    }

    @Test
    void refusesInstructionsThatNoTensorNeeds() {
        var instance = PickleBuilder.legacy().bytes(0x80, 2, '(').raw("ios\nsystem\n".getBytes(StandardCharsets.UTF_8));
        thenRefused(instance.bytes('.').build(), "the instruction 0x69 at byte");
        thenRefused(PickleBuilder.legacy().bytes(0x80, 2, ')', ')', 0x81, '.').build(), "the instruction 0x81 at byte");
        thenRefused(PickleBuilder.legacy().bytes(0x80, 5).build(), "is of protocol 5");
    }

    @Test
    void refusesStridesAndOffsetsOutOfRange() {
        thenOutOfRange(1, new long[] { 2, 2 }, new long[] { 2, 1 });
        thenOutOfRange(-1, new long[] { 2 }, new long[] { 1 });
        thenOutOfRange(3, new long[] { 2 }, new long[] { -1 });
        thenOutOfRange(0, new long[] { 2, 2 }, new long[] { 1L << 62, 1 });
        thenOutOfRange(0, new long[] { 3, 3 }, new long[] { Long.MAX_VALUE, Long.MAX_VALUE });
        thenOutOfRange(Long.MAX_VALUE, new long[] { 1 }, new long[] { 1 });
    }

    @Test
    void refusesShapesThatFitNowhere() {
        thenRefused(legacy(0, new long[] { -1 }, new long[] { 1 }, 4), "a side that is no number from 0 to");
        thenRefused(legacy(0, new long[] { 1L << 31 }, new long[] { 0 }, 4), "a side that is no number from 0 to");
        thenRefused(legacy(0, new long[] { 1 << 30, 1 << 30, 1 << 30 }, new long[3], 4),
                "more values than fit anywhere");
        thenRefused(legacy(0, new long[] { 1 << 30, 4 }, new long[] { 0, 1 }, 4),
                "its strides repeat values until they take");
        thenRefused(legacy(0, new long[10_000], new long[10_000], 4), "at most 64; received 10000 and 10000.");
        thenRefused(legacy(0, new long[] { 2 }, new long[] { 1, 1 }, 4), "expected as many strides as sides");
    }

    @Test
    void refusesStoragesThatLie() {
        thenRefused(legacy(0, new long[] { 4 }, new long[] { 1 }, 5), "its storage '0' expects 4 values; received 5.");
        var huge = PickleBuilder.legacy().bytes(0x80, 2).storage(Long.MAX_VALUE).bytes('.').values(4).build();
        thenRefused(huge, "its storage '0' of 9223372036854775807 values");
        var unused = PickleBuilder.legacy().bytes(0x80, 2, '}', '.').values(4).build();
        thenRefused(unused, "it stores values that no tensor uses.");
        var knot = PickleBuilder.legacy().bytes(0x80, 2, '}', '.').bytes(0x80, 2, ']', 'q', 0, 'h', 0, 'a', '.')
                .build();
        thenRefused(knot, "it stores values that no tensor uses.");
    }

    @Test
    void refusesAFileCutOffAnywhere() {
        var whole = legacy(0, new long[] { 2, 2 }, new long[] { 2, 1 }, 4);
        for (var length = 2; length < whole.length; length++) {
            thenRefused(Arrays.copyOf(whole, length), "");
        }
        var archive = zip(ZipEntry.STORED, 16);
        for (var length = 2; length < archive.length; length += 7) thenRefused(Arrays.copyOf(archive, length), "");
    }

    @Test
    void survivesAnyByteChanged() {
        var whole = legacy(0, new long[] { 2, 2 }, new long[] { 2, 1 }, 4);
        var random = new Random(20);
        for (var i = 0; i < whole.length; i++) {
            var changed = whole.clone();
            changed[i] = (byte) random.nextInt();
            var file = write(changed);
            try {
                StateDict.read(file);
            } catch (StriateException e) {
                assertThat(e).hasMessageStartingWith(file.toString());
            }
        }
    }

    @Test
    void refusesACompressedEntry() {
        thenRefused(zip(ZipEntry.DEFLATED, 1 << 20), "is compressed, as PyTorch's never are.");
    }

    @Test
    void refusesAnEntryThatClaimsMoreThanTheFile() {
        var archive = zip(ZipEntry.STORED, 16);
        var sizes = indexOf(archive, "a/data/0", indexOf(archive, "a/data/0", 0) + 1) - 46 + 20;
        ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN).putInt(sizes, 1 << 30).putInt(sizes + 4, 1 << 30);
        thenRefused(archive, "");
    }

    @Test
    void refusesAStorageOfAnotherLength() {
        thenRefused(zip(ZipEntry.STORED, 12), "its storage '0' expects 4 values of F32; received 12 bytes.");
    }

    @Test
    void refusesAZipWithoutAPickle() {
        thenRefused(zipped(ZipEntry.STORED, "a/readme.txt", new byte[1]), "holds no data.pkl of PyTorch's.");
    }

    @Test
    void refusesMoreStepsThanAnyCheckpointHas() {
        var nones = new byte[5_000_000];
        Arrays.fill(nones, (byte) 'N');
        thenRefused(PickleBuilder.legacy().bytes(0x80, 2).raw(nones).bytes('.').build(), "more than 4000000 steps");
    }

    @Test
    void refusesAPickleOfNoTensors() {
        var pickle = PickleBuilder.legacy().bytes(0x80, 2, '}').text("epoch").bytes('K', 3, 's', '.')
                .bytes(0x80, 2, ']', '.').build();
        thenRefused(pickle, "it holds no tensors, and no dictionary of them under");
        thenRefused(new PickleBuilder().bytes(0x80, 2, 'N', '.').raw(new byte[9]).build(),
                "it does not start as a file of PyTorch's does.");
    }

    private static byte[] legacy(long offset, long[] shape, long[] strides, long claimed) {
        return PickleBuilder.legacy().bytes(0x80, 2, '}').tensor("x", offset, shape, strides).bytes('.')
                .values(claimed).build();
    }

    private static byte[] zip(int method, int storageBytes) {
        var pickle = new PickleBuilder().bytes(0x80, 2, '}')
                .tensor("x", 0, new long[] { 2, 2 }, new long[] { 2, 1 }).bytes('.').build();
        var values = ByteBuffer.allocate(storageBytes).order(ByteOrder.LITTLE_ENDIAN);
        for (var value = 1; value <= 4 && values.remaining() >= 4; value++) values.putFloat(value);
        return zipped(method, "a/data.pkl", pickle, "a/data/0", values.array());
    }

    private static byte[] zipped(int method, Object... namesAndBytes) {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            for (var i = 0; i < namesAndBytes.length; i += 2) {
                var bytes = (byte[]) namesAndBytes[i + 1];
                var entry = new ZipEntry((String) namesAndBytes[i]);
                entry.setMethod(method);
                if (method == ZipEntry.STORED) {
                    var crc = new CRC32();
                    crc.update(bytes);
                    entry.setCrc(crc.getValue());
                    entry.setSize(bytes.length);
                }
                zip.putNextEntry(entry);
                zip.write(bytes);
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static int indexOf(byte[] bytes, String text, int from) {
        return new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text, from);
    }

    private void thenOutOfRange(long offset, long[] shape, long[] strides) {
        thenRefused(legacy(offset, shape, strides, 4), "reach outside the 4 values of its storage.");
    }

    private void thenRefused(byte[] bytes, String message) {
        var file = write(bytes);
        assertThatThrownBy(() -> StateDict.read(file)).isInstanceOf(StriateException.class)
                .hasMessageStartingWith(file.toString()).hasMessageContaining(message);
    }

    private Path write(byte[] bytes) {
        try {
            return Files.write(Files.createTempFile(folder, "hostile", ".pt"), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
