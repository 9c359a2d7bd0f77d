package dev.striate.data.face;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// An ONNX model with YuNet's input and outputs, for which a face is a cell of 32×32 pixels that is blue: its eyes, nose and
/// corners of the mouth lie at fixed places in the cell.
final class StandIn {
    static final double[] LANDMARKS = { 0.25, 0.25, 0.75, 0.25, 0.5, 0.5, 0.375, 0.75, 0.625, 0.75 };
    private static final int[] STRIDES = { 8, 16, 32 };
    private static final int NODE = 1;
    private static final int INITIALIZER = 5;

    /// A message of protocol buffers, field by field.
    private static final class Message extends ByteArrayOutputStream {
        Message number(int field, long value) {
            varint(field << 3);
            varint(value);
            return this;
        }

        Message bytes(int field, byte[] bytes) {
            varint(field << 3 | 2);
            varint(bytes.length);
            writeBytes(bytes);
            return this;
        }

        Message text(int field, String text) {
            return bytes(field, text.getBytes(StandardCharsets.UTF_8));
        }

        Message message(int field, Message message) {
            return bytes(field, message.toByteArray());
        }

        private void varint(long value) {
            for (; value > 0x7f; value >>>= 7) write((int) (value & 0x7f | 0x80));
            write((int) value);
        }
    }

    private final Message graph = new Message();

    private StandIn() {}

    static byte[] model() {
        return new StandIn().all();
    }

    private byte[] all() {
        graph.text(2, "stand-in");
        for (var stride : STRIDES) {
            node("AveragePool", "input", "pooled" + stride, ints("kernel_shape", stride, stride),
                    ints("strides", stride, stride));
        }
        for (var output : new String[] { "cls", "obj", "bbox", "kps" })
            for (var stride : STRIDES) output(output, stride);
        graph.message(11, value("input", 1, 3, 640, 640));
        for (var output : new String[] { "cls", "obj", "bbox", "kps" }) {
            for (var stride : STRIDES) graph.message(12, value(output + "_" + stride, 1, 1));
        }
        return new Message().number(1, 8).message(7, graph).message(8, new Message().text(1, "").number(2, 12))
                .toByteArray();
    }

    /// Of each cell one number, its blue for the largest stride, or 0; or numbers that are the same for all cells.
    private void output(String name, int stride) {
        switch (name) {
            case "cls", "obj" -> cells(name, stride, new double[] { 0 }, stride == 32 ? 1 / 255.0 : 0);
            case "bbox" -> cells(name, stride, new double[] { 0.5, 0.5, 0, 0 }, 0);
            default -> cells(name, stride, LANDMARKS, 0);
        }
    }

    private void cells(String name, int stride, double[] biases, double ofBlue) {
        var full = name + "_" + stride;
        var weights = new double[3 * biases.length];
        for (var i = 0; i < biases.length; i++) weights[3 * i] = ofBlue;
        tensor(full + ".weight", weights, biases.length, 3, 1, 1);
        tensor(full + ".bias", biases, biases.length);
        graph.message(NODE, node("Conv", full + ".map", ints("kernel_shape", 1, 1)).text(1, "pooled" + stride)
                .text(1, full + ".weight").text(1, full + ".bias"));
        node("Transpose", full + ".map", full + ".last", ints("perm", 0, 2, 3, 1));
        node("Flatten", full + ".last", full);
    }

    private void tensor(String name, double[] values, int... shape) {
        var bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (var value : values) bytes.putFloat((float) value);
        var tensor = new Message().number(2, 1).text(8, name).bytes(9, bytes.array());
        for (var side : shape) tensor.number(1, side);
        graph.message(INITIALIZER, tensor);
    }

    private void node(String type, String input, String output, Message... attributes) {
        graph.message(NODE, node(type, output, attributes).text(1, input));
    }

    private static Message node(String type, String output, Message... attributes) {
        var node = new Message().text(2, output).text(3, output).text(4, type);
        for (var attribute : attributes) node.message(5, attribute);
        return node;
    }

    private static Message ints(String name, int... values) {
        var attribute = new Message().text(1, name).number(20, 7);
        for (var value : values) attribute.number(8, value);
        return attribute;
    }

    private static Message value(String name, int... shape) {
        var sides = new Message();
        for (var side : shape) sides.message(1, new Message().number(1, side));
        return new Message().text(1, name).message(2,
                new Message().message(1, new Message().number(1, 1).message(2, sides)));
    }
}
