package dev.striate.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.striate.box.Box;
import dev.striate.detect.Detection;
import dev.striate.fixtures.SharedFiles;
import dev.striate.measure.AveragePrecision.Difficult;
import dev.striate.measure.AveragePrecision.Rule;
import dev.striate.target.Target.LabelledBox;
import dev.striate.target.Target.Objects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What pycocotools and VOC's development kit say of the same pictures: every `average-precision*.json` in
/// `fixtures/detection`.
@Tag("shared")
class PublishedAveragePrecisionTest {
    private static final Map<String, Rule> RULES = Map.of("voc2007", Rule.VOC_2007, "voc2010", Rule.VOC_2010,
            "darknet", Rule.DARKNET, "darknet11", Rule.DARKNET_11);

    @Test
    void givesTheFiguresOfTheReferencePrograms() throws IOException {
        var files = files(SharedFiles.file("fixtures/detection"));

        assertThat(files).isNotEmpty();
        files.forEach(PublishedAveragePrecisionTest::check);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("average-precision.*\\.json")).toList();
        }
    }

    private static void check(Path file) {
        var json = JsonMapper.shared().readTree(file);
        var classes = json.get("classes").valueStream().map(JsonNode::asString).toList();
        var measured = measured(json, classes.size());
        json.get("expected").properties().forEach(section -> section.getValue().properties().forEach(figure -> {
            var name = section.getKey() + " " + figure.getKey();
            assertThat(figure(measured, classes, section.getKey(), figure.getKey())).as("%s: %s", file, name)
                    .isCloseTo(figure.getValue().asDouble(), within(1e-6));
        }));
    }

    private static double figure(AveragePrecision measured, List<String> classes, String section, String name) {
        if (section.equals("coco")) {
            var figure = Arrays.stream(CocoFigure.values()).filter(known -> known.label().equals(name)).findFirst();
            return measured.coco(figure.orElseThrow()).orElse(-1);
        }
        assertThat(RULES).containsKey(section);
        var rule = RULES.get(section);
        return name.equals("mAP") ? measured.mean(rule) : measured.of(rule, classes.indexOf(name)).orElseThrow();
    }

    private static AveragePrecision measured(JsonNode json, int classes) {
        var crowds = json.get("truth").valueStream().anyMatch(truth -> truth.path("iscrowd").asInt(0) == 1);
        var measured = new AveragePrecision(classes, crowds ? Difficult.CROWD : Difficult.ORDINARY);
        for (var image : json.get("images")) {
            var id = image.get("id").asInt();
            measured.add(new Objects(of(json.get("truth"), id).map(PublishedAveragePrecisionTest::truth).toList()),
                    of(json.get("detections"), id).map(found -> new Detection(box(found), label(found),
                            found.get("score").asDouble())).toList());
        }
        return measured;
    }

    private static Stream<JsonNode> of(JsonNode all, int image) {
        return all.valueStream().filter(one -> one.get("image_id").asInt() == image);
    }

    private static LabelledBox truth(JsonNode truth) {
        return new LabelledBox(box(truth), label(truth),
                truth.path("difficult").asInt(0) == 1 || truth.path("iscrowd").asInt(0) == 1);
    }

    /// Classes are numbered from 1 there.
    private static int label(JsonNode node) {
        return node.get("category_id").asInt() - 1;
    }

    private static Box box(JsonNode node) {
        var corners = node.get("bbox").valueStream().mapToDouble(JsonNode::asDouble).toArray();
        return new Box(corners[0], corners[1], corners[0] + corners[2], corners[1] + corners[3]);
    }
}
