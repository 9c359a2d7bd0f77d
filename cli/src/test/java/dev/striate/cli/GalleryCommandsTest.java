package dev.striate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.striate.data.picture.Picture;
import dev.striate.data.picture.Pictures;
import dev.striate.files.Folders;
import dev.striate.random.RandomStream;
import dev.striate.recipe.Initialisation;
import dev.striate.recipe.Precision;
import dev.striate.recipe.Preprocessing;
import dev.striate.recipe.Start;
import dev.striate.task.Task;
import dev.striate.task.Thresholds;
import dev.striate.torch.Device;
import dev.striate.torch.Model;
import dev.striate.weights.ModelFile;
import dev.striate.zoo.Zoo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A fresh network tells pictures of noise apart: two of one kind are the same but for a few pixels.
@Tag("native")
class GalleryCommandsTest {
    private static final double THRESHOLD = 0.1;
    private final Striate striate = new Striate();

    @TempDir
    Path folder;

    @BeforeEach
    void givenAModelAndPictures() {
        model("model", 1);
        for (var name : List.of("anna", "bert"))
            for (var i = 0; i < 3; i++) Pictures.write(noise(name, i), file(name, i));
    }

    @Test
    void enrolsIdentifiesAndForgets() {
        var enrolled = striate
                .json("enrol " + gallery() + " Anna " + file("anna", 0) + " " + file("anna", 1) + model());
        assertThat(enrolled.get("pictures").asInt()).isEqualTo(2);
        striate.json("enrol " + gallery() + " Bert " + file("bert", 0) + model());

        var answers = striate.json("identify " + gallery() + " " + file("anna", 2) + " " + file("bert", 2) + " --top 2"
                + model());
        assertThat(answers.at("/0/known").asBoolean()).isTrue();
        assertThat(answers.at("/0/nearest/0/name").asString()).isEqualTo("Anna");
        assertThat(answers.at("/1/nearest/0/name").asString()).isEqualTo("Bert");
        assertThat(answers.at("/1/nearest/1/distance").asDouble()).isGreaterThan(THRESHOLD);

        assertThat(striate.json("forget " + gallery() + " Anna").get("people").asInt()).isEqualTo(1);
        striate.refuses(1, "nobody there is called 'Anna'", "forget " + gallery() + " Anna");
    }

    @Test
    void comparesTwoPictures() {
        var model = folder.resolve("model.safetensors");
        assertThat(
                striate.json("verify " + model + " " + file("anna", 0) + " " + file("anna", 1)).get("same").asBoolean())
                .isTrue();
        assertThat(
                striate.json("verify " + model + " " + file("anna", 0) + " " + file("bert", 0)).get("same").asBoolean())
                .isFalse();
        striate.refuses(1, "A rate of 0.01 or 0.001 that the model's thresholds were measured for was expected",
                "verify " + model + " " + file("anna", 0) + " " + file("anna", 1) + " --accept 0.001");
        striate.refuses(1, "One face was expected in " + file("anna", 0) + "; none was found",
                "verify " + model + " " + file("anna", 0) + " " + file("anna", 1) + " --faces cascade");
    }

    @Test
    void computesAnEmbeddingOfFewPictures() {
        for (var person = 0; person < 12; person++) {
            var own = folder.resolve("people/" + person);
            Folders.make(own);
            for (var i = 0; i < 4; i++) Pictures.write(noise("person " + person, i), own.resolve(i + ".png"));
        }
        var fit = "fit-embedding --model embedding_small --from " + folder.resolve("model.safetensors")
                + " --layer bn3 --data " + folder.resolve("people") + " --out " + folder.resolve("fitted.safetensors");

        assertThat(striate.json(fit + " --length 16").at("/figures/rankOne").asDouble()).isEqualTo(1);
        var compared = striate.json("verify " + folder.resolve("fitted.safetensors") + " " + file("anna", 0) + " "
                + file("anna", 1));
        assertThat(compared.get("same").asBoolean()).isTrue();
        striate.refuses(1,
                "An embedding of at most 55 values, or of all 3136 of the layer, was expected for 28 pictures; received 56",
                fit + " --length 56");
        striate.refuses(1, "has no node 'bn9'", fit.replace("bn3", "bn9"));
    }

    @Test
    void refusesStrangersUnderOneNameAndOtherModels() throws Exception {
        striate.json("enrol " + gallery() + " Anna " + file("anna", 0) + model());
        var before = striate.json("identify " + gallery() + " " + file("bert", 0) + model());

        striate.refuses(1, "over the threshold of 0.100, and nothing was stored",
                "enrol " + gallery() + " Anna " + file("bert", 0) + model());
        assertThat(striate.json("identify " + gallery() + " " + file("bert", 0) + model())).isEqualTo(before);
        striate.json("enrol " + gallery() + " Anna " + file("bert", 0) + " --anyway" + model());

        model("other", 2);
        striate.refuses(1, "whose embeddings cannot be compared with those there", "identify " + gallery() + " "
                + file("anna", 0) + " --model " + folder.resolve("other.safetensors"));
        Files.writeString(folder.resolve("text"), "no gallery");
        striate.refuses(1, "text", "identify " + folder.resolve("text") + " " + file("anna", 0) + model());
    }

    private String model() {
        return " --model " + folder.resolve("model.safetensors");
    }

    private Path gallery() {
        return folder.resolve("people.gallery");
    }

    private Path file(String name, int number) {
        return folder.resolve(name + number + ".png");
    }

    private void model(String name, long seed) {
        var network = Zoo.network("embedding_small");
        try (var model = Model.fresh(network, Start.of(new Initialisation.HeFanIn()).withSeed(seed), Device.CPU,
                Precision.FLOAT32)) {
            var thresholds = new Thresholds(THRESHOLD, 0.1, Optional.empty(), Optional.empty());
            new ModelFile(network, Preprocessing.plain(network.input(), new Preprocessing.Stretch()),
                    new Task.Verification(List.of("a", "b")).withThresholds(thresholds), Optional.empty(),
                    new LinkedHashMap<>(model.tensors())).write(folder.resolve(name + ".safetensors"));
        }
    }

    private static Picture noise(String name, int number) {
        var picture = Picture.black(28, 28, 1);
        var same = RandomStream.of(4).at(name);
        for (var i = 0; i < picture.pixels().length; i++) picture.pixels()[i] = (byte) (255 * same.uniform(i / 4));
        for (var i = 0; i < 2; i++) picture.pixels()[40 * number + i] ^= 16;
        return picture;
    }
}
