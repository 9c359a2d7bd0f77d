package dev.striate.cli;

import dev.striate.StriateException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// What `striate bench` can time: ours first, then the peers.
public enum Contender {
    PLAN("striate", "Striate", true, true, false),
    BF16("striate-bf16", "Striate, bf16", true, true, false),
    INT8("striate-int8", "Striate, int8", true, true, false),
    TORCH("striate-torch", "Striate on libtorch", true, true, true),
    TORCH_BF16("striate-torch-bf16", "Striate on libtorch, bf16", true, false, true),
    ONNX_RUNTIME("onnxruntime", "ONNX Runtime", false, true, false),
    ONNX_RUNTIME_INT8("onnxruntime-int8", "ONNX Runtime, int8", false, true, false),
    OPENCV("opencv", "OpenCV DNN", false, true, false),
    DJL("djl", "DJL", false, true, true),
    PYTORCH("pytorch", "PyTorch, eager", false, true, true),
    PYTORCH_COMPILED("pytorch-compiled", "PyTorch, compiled", false, true, true),
    PYTORCH_BF16("pytorch-bf16", "PyTorch, eager, bf16", false, true, true),
    PYTORCH_COMPILED_BF16("pytorch-compiled-bf16", "PyTorch, compiled, bf16", false, true, true);

    private final String key;
    private final String label;
    private final boolean ours;
    private final boolean infers;
    private final boolean trains;

    Contender(String key, String label, boolean ours, boolean infers, boolean trains) {
        this.key = key;
        this.label = label;
        this.ours = ours;
        this.infers = infers;
        this.trains = trains;
    }

    /// The name on the command line.
    public String key() {
        return key;
    }

    /// The name in tables.
    public String label() {
        return label;
    }

    public boolean isOurs() {
        return ours;
    }

    /// Whether it can do this kind of work: a training step, or inference.
    public boolean does(boolean training) {
        return training ? trains : infers;
    }

    /// Whether a Python of the user's runs it.
    public boolean isPython() {
        return key.startsWith("pytorch");
    }

    /// Whether it reads an ONNX file in float32.
    public boolean readsOnnx() {
        return this == ONNX_RUNTIME || this == OPENCV;
    }

    /// What engines compute with; they are compared with their like.
    public enum Numbers {
        FLOAT32, BF16, INT8
    }

    public Numbers numbers() {
        return key.endsWith("bf16") ? Numbers.BF16 : key.endsWith("int8") ? Numbers.INT8 : Numbers.FLOAT32;
    }

    /// Whether its outputs are expected to differ: int8 and bf16 round.
    public boolean roundsValues() {
        return numbers() != Numbers.FLOAT32;
    }

    /// The contender of this name; refuses an unknown one.
    public static Contender named(String key) {
        return Arrays.stream(values())
                .filter(contender -> contender.key.equals(key))
                .findFirst()
                .orElseThrow(() -> new StriateException("An engine is one of " + keys() + "; received '" + key + "'."));
    }

    /// All names, as a help text lists them.
    static String keys() {
        return Arrays.stream(values()).map(Contender::key).collect(Collectors.joining(", "));
    }

    static List<Contender> all() {
        return List.of(values());
    }
}
