package dev.striate.vision.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.striate.fixtures.Formula;
import dev.striate.graph.Network;
import dev.striate.torch.Device;
import dev.striate.vision.Inference;
import dev.striate.weights.StateDict;
import dev.striate.weights.TensorData;
import dev.striate.zoo.Zoo;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Compares the zoo's Inception-ResNet v1 with PyTorch's: facenet-pytorch's layers and names, weights and two pictures by
/// [Formula], embeddings in float64. As weights follow from names, agreement says that these are the same as well.
@Tag("native")
@Tag("slow")
class FaceNetTest {
    private static final Network NETWORK = Zoo.entry("inception_resnet_v1_embedding").network();
    private static final Map<String, TensorData> TENSORS = Formula.tensors(NETWORK);

    @Test
    void givesPyTorchsEmbeddingsByBothEngines() throws IOException {
        var tensors = published().match(NETWORK).whole();
        try (var torch = Inference.onTorch(NETWORK, tensors, Device.CPU);
                var plan = Inference.onPlan(NETWORK, tensors)) {
            thenAgrees(torch, "libtorch");
            thenAgrees(plan, "the plan");
        }
    }

    @Test
    void hasNoUseForTheClassifierBehindTheEmbedding() {
        var match = published().match(NETWORK);
        assertThat(match.isWhole()).isTrue();
        assertThat(match.extra()).containsExactly("logits.weight", "logits.bias");
    }

    /// As the published weights are: with a classifier behind the embedding, and batch normalisation's counters.
    private static StateDict published() {
        var tensors = new LinkedHashMap<>(TENSORS);
        tensors.put("last_bn.num_batches_tracked", Formula.tensor("counter", List.of(1)));
        tensors.put("logits.weight", Formula.tensor("logits.weight", List.of(10, 512)));
        tensors.put("logits.bias", Formula.tensor("logits.bias", List.of(10)));
        return new StateDict(tensors);
    }

    private static void thenAgrees(Inference inference, String engine) throws IOException {
        var expected = reference();
        try (var arena = Arena.ofConfined()) {
            var values = inference.run(Formula.pictures(arena, NETWORK.input(), 2), 2).main();
            assertThat(values).hasSize(2 * 512);
            for (var i = 0; i < values.length; i++) {
                assertThat((double) values[i]).as("%s, value %d of picture %d", engine, i % 512, i / 512)
                        .isCloseTo(expected.get(i / 512).get(i % 512).asDouble(), within(1e-6));
            }
        }
    }

    private static JsonNode reference() throws IOException {
        try (var in = FaceNetTest.class.getResourceAsStream("/facenet/formula-embeddings.json")) {
            return JsonMapper.shared().readTree(in).get("embeddings");
        }
    }
}
