package dev.striate.vision.verify;

import dev.striate.graph.Network;
import dev.striate.json.Json;
import dev.striate.recipe.Preprocessing;
import dev.striate.weights.ModelFile;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// What tells models apart: SHA-256 of the network, of how pictures become its input, and of its weights; not of thresholds.
final class Fingerprint {
    private Fingerprint() {}

    static String of(ModelFile model) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(Json.write(model.network(), Network.class).getBytes(StandardCharsets.UTF_8));
            digest.update(Json.write(model.preprocessing(), Preprocessing.class).getBytes(StandardCharsets.UTF_8));
            model.quantisation().ifPresent(text -> digest.update(text.getBytes(StandardCharsets.UTF_8)));
            model.tensors().forEach((name, tensor) -> {
                digest.update(name.getBytes(StandardCharsets.UTF_8));
                digest.update(tensor.bytes().asByteBuffer().duplicate());
            });
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
