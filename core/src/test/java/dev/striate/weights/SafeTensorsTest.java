package dev.striate.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.striate.StriateException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafeTensorsTest {
    @TempDir
    Path folder;

    @Test
    void readsAFileBuiltByHand() {
        var file = given("""
                {"__metadata__":{"format":"pt"},"b":{"dtype":"F32","shape":[2],"data_offsets":[2,10]},\
                "a":{"dtype":"U8","shape":[2,1],"data_offsets":[0,2]}}""",
                new byte[] { 7, (byte) 200, 0, 0, -128, 63, 0,
                        0, 0, -64 });
        var read = SafeTensors.read(file);
        assertThat(read.metadata()).containsExactly(Map.entry("format", "pt"));
        assertThat(read.tensors().keySet()).containsExactly("b", "a");
        assertThat(read.tensors().get("b").floats()).containsExactly(1, -2);
        assertThat(read.tensors().get("a").floats()).containsExactly(7, 200);
        assertThat(read.tensors().get("a").shape()).containsExactly(2, 1);
    }

    @Test
    void readsBackWhatItWrote() throws IOException {
        var tensors = new LinkedHashMap<String, TensorData>();
        tensors.put("mask", new TensorData(DataType.BOOL, List.of(3), MemorySegment.ofArray(new byte[] { 1, 0, 1 })));
        tensors.put("weight", TensorData.of(List.of(2, 2), new float[] { 1, -0f, Float.NaN, 3e-45f }));
        tensors.put("scalar", new TensorData(DataType.I64, List.of(), MemorySegment.ofArray(new byte[8])));
        tensors.put("empty", TensorData.of(List.of(0, 5), new float[0]));
        var metadata = new LinkedHashMap<>(Map.of("note", "größer \"als\" 🙂\n"));
        var file = folder.resolve("all.safetensors");
        new SafeTensors(metadata, tensors).write(file);
        var read = SafeTensors.read(file);
        assertThat(read.metadata()).isEqualTo(metadata);
        assertThat(read.tensors().keySet()).containsExactly("mask", "weight", "scalar", "empty");
        read.tensors().forEach((name, tensor) -> {
            assertThat(tensor.type()).isEqualTo(tensors.get(name).type());
            assertThat(tensor.shape()).isEqualTo(tensors.get(name).shape());
            assertThat(tensor.bytes().mismatch(tensors.get(name).bytes())).isEqualTo(-1);
            assertThat(tensor.bytes().address() % tensor.type().bytes()).isZero();
        });
        assertThat(Files.list(folder)).containsExactly(file);
    }

    @Test
    void replacesAFileThatIsStillMapped() {
        var file = folder.resolve("model.safetensors");
        given(file, 1);
        var before = SafeTensors.read(file);
        given(file, 2);
        assertThat(before.tensors().get("x").floats()).containsExactly(1);
        assertThat(SafeTensors.read(file).tensors().get("x").floats()).containsExactly(2);
    }

    @Test
    void leavesTheOldFileWhenWritingFails() throws IOException {
        var file = folder.resolve("model.safetensors");
        given(file, 1);
        assertThatThrownBy(() -> AtomicFile.write(file, channel -> {
            channel.write(ByteBuffer.wrap(new byte[100]));
            throw new IOException("the disk is full");
        })).isInstanceOf(StriateException.class).hasMessageContaining("the disk is full");
        assertThat(SafeTensors.read(file).tensors().get("x").floats()).containsExactly(1);
        assertThat(Files.list(folder)).containsExactly(file);
    }

    @Test
    void refusesAFileThatDoesNotExist() {
        var file = folder.resolve("none.safetensors");
        assertThatThrownBy(() -> SafeTensors.read(file)).hasMessage(file + " does not exist.");
    }

    @Test
    void refusesAFileShorterThanItsLength() {
        thenRefused(write(new byte[5]), "is no safetensors file: it has 5 bytes");
    }

    @Test
    void refusesAHeaderOfTenGigabytes() {
        thenRefused(write(start(10_000_000_000L, "{}")), "claims a header of 10000000000 bytes");
    }

    @Test
    void refusesANegativeHeaderLength() {
        thenRefused(write(start(-1, "{}")), "claims a header of 18446744073709551615 bytes");
    }

    @Test
    void refusesAHeaderLongerThanTheFile() {
        thenRefused(write(start(1000, "{}")), "is cut off: its header of 1000 bytes");
    }

    @Test
    void refusesTensorsThatAreCutOff() {
        thenRefused(given("{\"x\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]}}", new byte[15]),
                "tensor 'x': its bytes 0 to 16 end beyond the 15 of the file.");
    }

    @Test
    void refusesBytesThatBelongToNoTensor() {
        thenRefused(given("{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", new byte[6]),
                "its tensors end at byte 4, but the data has 6.");
        thenRefused(given("{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[2,6]}}", new byte[6]),
                "tensor 'x': expected its bytes to start at 0, where the one before ends; received 2 (a hole).");
    }

    @Test
    void refusesOverlappingTensors() {
        thenRefused(given("""
                {"x":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},\
                "y":{"dtype":"U8","shape":[4],"data_offsets":[2,6]}}""", new byte[6]),
                "tensor 'y': expected its bytes to start at 4, where the one before ends; received 2 (they overlap).");
    }

    @Test
    void refusesAShapeThatDoesNotFitItsBytes() {
        thenRefused(given("{\"x\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,4]}}", new byte[4]),
                "tensor 'x': F64 of shape [1] does not fit its bytes 0 to 4.");
        thenRefused(given("{\"x\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[4,2]}}", new byte[4]),
                "tensor 'x': U8 of shape [2] does not fit its bytes 4 to 2.");
    }

    @Test
    void showsTheBeginningOfALongClaim() {
        var many = "9,".repeat(3000) + "9";
        var file = given("{\"x\":[" + many + "]}", new byte[4]);
        assertThatThrownBy(() -> SafeTensors.read(file))
                .message().contains("tensor 'x': expected dtype, shape and data_offsets; received [9,9,9,")
                .hasSizeLessThan(300);
    }

    @Test
    void refusesAShapeWhoseProductOverflows() {
        thenRefused(given("""
                {"x":{"dtype":"F32","shape":[2147483647,2147483647,2147483647],"data_offsets":[0,4]}}""", new byte[4]),
                "does not fit its bytes 0 to 4.");
    }

    @Test
    void refusesAnUnknownTypeAndANegativeSide() {
        thenRefused(given("{\"x\":{\"dtype\":\"F8_E4M3\",\"shape\":[1],\"data_offsets\":[0,1]}}", new byte[1]),
                "tensor 'x': expected a type of [F64, F32, F16, BF16, I64, I32, I16, I8, U8, BOOL]; received");
        thenRefused(given("{\"x\":{\"dtype\":\"U8\",\"shape\":[-1],\"data_offsets\":[0,1]}}", new byte[1]),
                "tensor 'x': expected sides of 0 to 2147483647; received -1.");
    }

    @Test
    void refusesANameGivenTwice() {
        thenRefused(given("""
                {"x":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},\
                "x":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}""", new byte[2]), "Duplicate");
    }

    @Test
    void refusesMetadataThatIsNoText() {
        thenRefused(given("{\"__metadata__\":{\"epoch\":3}}", new byte[0]),
                "expected a text in __metadata__ under 'epoch'");
    }

    @Test
    void refusesAHeaderThatIsNoJsonObject() {
        thenRefused(given("[1,2,3]", new byte[0]), "is no safetensors file: its header is no JSON object.");
        thenRefused(given("{\"x\":", new byte[0]), "is no safetensors file");
        thenRefused(given("{\"x\":1}", new byte[0]), "tensor 'x': expected dtype, shape and data_offsets; received 1.");
    }

    private static void given(Path file, float value) {
        var tensors = new LinkedHashMap<>(Map.of("x", TensorData.of(List.of(1), new float[] { value })));
        new SafeTensors(new LinkedHashMap<>(), tensors).write(file);
    }

    private Path given(String header, byte[] data) {
        var start = start(header.getBytes(StandardCharsets.UTF_8).length, header);
        return write(ByteBuffer.allocate(start.length + data.length).put(start).put(data).array());
    }

    private static byte[] start(long length, String header) {
        var text = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + text.length).order(ByteOrder.LITTLE_ENDIAN).putLong(length).put(text).array();
    }

    private Path write(byte[] bytes) {
        try {
            return Files.write(folder.resolve("broken.safetensors"), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void thenRefused(Path file, String message) {
        assertThatThrownBy(() -> SafeTensors.read(file)).isInstanceOf(StriateException.class)
                .hasMessageStartingWith(file.toString()).hasMessageContaining(message);
    }
}
