package dev.striate.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import dev.striate.StriateException;
import dev.striate.graph.Network;
import dev.striate.graph.Op;
import dev.striate.graph.Parameters;
import dev.striate.json.Json;
import dev.striate.recipe.Preprocessing;
import dev.striate.region.RegionDetector;
import dev.striate.weights.AtomicFile;
import dev.striate.weights.ModelFile;
import dev.striate.yolo.YoloHeads;
import java.io.BufferedOutputStream;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// A model as ONNX (operator set 17), complete and checked before anything is written.
///
/// Input and outputs have the network's names and are N×C×H×W, vectors N×C, with a symbolic `batch` for N. Nodes and
/// weights have the network's names. Auxiliary outputs are left out. The metadata holds the preprocessing and the labels, as
/// JSON under `striate.preprocessing` and `striate.labels`; of a detector, whose outputs are the numbers before any logistic
/// function, also how they become boxes, under `striate.decoding`, and its layers' settings under `striate.detection.NAME`.
public final class OnnxFile {
    private static final int IR_VERSION = 8;
    private static final int OPERATOR_SET = 17;
    /// Protocol buffers count bytes in 31 bits; a megabyte is for the graph.
    private static final long MOST_BYTES = Integer.MAX_VALUE - (1L << 20);

    private final ModelProto model;

    private OnnxFile(ModelProto model) {
        this.model = model;
    }

    /// Refuses, by name, an operation that ONNX cannot express, and weights of 2 GiB or more.
    public static OnnxFile of(ModelFile file) {
        return of(file, Int8.NONE);
    }

    /// The same with some layers in int8: weights are rounded for each filter, batch normalisations behind the layers go
    /// into them, and values that have a range are rounded to 8 bits.
    public static OnnxFile of(ModelFile file, Int8 int8) {
        var network = file.network().atInference();
        checkSize(network);
        int8.checkFor(network);
        var folded = BatchNormFolding.of(network, new OnnxWeights(file.tensors(), int8));
        var model = ModelProto.newBuilder().setIrVersion(IR_VERSION).setProducerName("striate")
                .setGraph(Translation.of(folded.network(), folded.weights()));
        model.addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPERATOR_SET));
        add(model, "striate.preprocessing", Json.write(file.preprocessing(), Preprocessing.class));
        add(model, "striate.labels", Json.write(file.labels().toArray(String[]::new), String[].class));
        if (YoloHeads.areIn(network)) {
            add(model, "striate.decoding", Json.write(Decoding.of(YoloHeads.of(network)), Decoding.class));
        }
        network.outputs().forEach((name, index) -> {
            var op = network.nodes().get(index).op();
            if (op instanceof Op.Detection) add(model, "striate.detection." + name, Json.write(op, Op.class));
            if (op instanceof Op.TreeLogits(var parents, _)) add(model, "striate.tree", parents);
        });
        return new OnnxFile(model.build());
    }

    /// The halves of a detector with regions, by the name that each file's should end in: `features` reads pictures, `head`
    /// what was pooled for regions, M×C×H×W. The first one's metadata holds how regions are pooled, and its anchors, as
    /// JSON under `striate.regions`.
    public static SequencedMap<String, OnnxFile> halves(ModelFile file) {
        var detector = RegionDetector.of(file.network());
        var features = of(file.withNetwork(detector.features()));
        var model = features.model.toBuilder();
        add(model, "striate.regions", Json.write(RegionDetector.cut(file.network()), Op.class));
        var halves = new LinkedHashMap<String, OnnxFile>();
        halves.put("features", new OnnxFile(model.build()));
        halves.put("head", of(file.withNetwork(detector.head())));
        return halves;
    }

    private static void checkSize(Network network) {
        var bytes = Parameters.of(network).stream().mapToLong(parameter -> parameter.elements() * Float.BYTES).sum();
        if (bytes <= MOST_BYTES) return;
        throw StriateException.network("An ONNX file without others beside it holds less than 2 GiB; the weights of "
                + network.name() + " take " + bytes + " bytes.");
    }

    private static void add(ModelProto.Builder model, String key, String value) {
        model.addMetadataProps(StringStringEntryProto.newBuilder().setKey(key).setValue(value));
    }

    /// Writes the file beside its target and renames it over.
    public void write(Path file) {
        AtomicFile.write(file, channel -> {
            var out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
            model.writeTo(out);
            out.flush();
        });
    }

    /// The file's content.
    public byte[] bytes() {
        return model.toByteArray();
    }
}
