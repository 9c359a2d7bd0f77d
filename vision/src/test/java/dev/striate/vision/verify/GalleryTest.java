package dev.striate.vision.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.striate.StriateException;
import dev.striate.data.picture.Picture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("native")
class GalleryTest {
    private static final float[] HERE = { 0, 0 };
    private static final float[] NEAR = { 3, 4 };
    private static final float[] FAR = { 30, 40 };

    @TempDir
    private Path folder;

    @Test
    void isAsNearAsTheNearestPictureOfEachPerson() {
        try (var gallery = planar("distances")) {
            gallery.enrol("Anna", List.of(FAR, NEAR));
            gallery.enrol("Bert", List.of(new float[] { 0, 12 }));
            gallery.enrol("Cora", List.of(new float[] { 0, 13 }));
            assertThat(gallery.nearest(HERE, 2)).containsExactly(new Match("Anna", 5), new Match("Bert", 12));
            assertThat(gallery.nearest(HERE, 9)).hasSize(3);
            assertThat(gallery.people()).containsExactly(Map.entry("Anna", 2), Map.entry("Bert", 1),
                    Map.entry("Cora", 1));
        }
    }

    /// Within a spread of 10⁻⁶ all embeddings round to the same bytes, at 10⁶ none do.
    @ParameterizedTest
    @CsvSource({ "1, 1", "0.000001, 1", "1000000, 1", "0.000001, 0", "1e-30, 0" })
    void findsWhomAFullSearchInFloat64Finds(float spread, float centre) {
        var people = new LinkedHashMap<String, List<float[]>>();
        var draws = new Points(37, spread, centre);
        for (var i = 0; i < 600; i++) people.put("person " + i, List.of(draws.next(), draws.next()));
        try (var gallery = Gallery.create(folder.resolve("exact"), "model", 37, Double.NaN)) {
            gallery.enrol(people);
            for (var i = 0; i < 4; i++) {
                var sought = draws.next();
                assertThat(gallery.nearest(sought, 7)).containsExactlyElementsOf(nearest(people, sought, 7));
            }
            assertThat(gallery.nearest(people.get("person 500").getLast(), 1))
                    .containsExactly(new Match("person 500", 0));
        }
    }

    @Test
    void keepsWhatWasEnrolled() {
        try (var gallery = planar("kept?of#two 人")) {
            gallery.enrol("Anna", List.of(NEAR));
            gallery.enrol("Bert", List.of(FAR));
            gallery.enrol("Cora", List.of(FAR));
        }
        try (var gallery = Gallery.open(folder.resolve("kept?of#two 人"))) {
            assertThat(gallery.size()).isEqualTo(3);
            assertThat(gallery.fingerprint()).isEqualTo("model");
            assertThat(gallery.dimensions()).isEqualTo(2);
            assertThat(gallery.threshold()).isNaN();
            assertThat(gallery.nearest(HERE, 5)).containsExactly(new Match("Anna", 5), new Match("Bert", 50),
                    new Match("Cora", 50));
        }
    }

    @Test
    void twoSpellingsOfAnAccentAreOneName() {
        try (var gallery = planar("accents")) {
            gallery.enrol(Map.of("Jos\u00e9", List.of(NEAR), "Jose\u0301 ", List.of(FAR)));
            assertThat(gallery.people()).containsExactly(Map.entry("Jos\u00e9", 2));
            assertThat(gallery.forget(" Jose\u0301")).isEqualTo(2);
        }
    }

    @Test
    void seesWhatAnotherDoesToItsFile() {
        try (var gallery = planar("shared"); var other = Gallery.open(folder.resolve("shared"))) {
            gallery.enrol("Anna", List.of(NEAR, FAR));
            assertThat(other.nearest(HERE, 5)).containsExactly(new Match("Anna", 5));
            other.enrol("Anna", List.of(HERE));
            assertThat(gallery.nearest(HERE, 5)).containsExactly(new Match("Anna", 0));
            assertThat(other.forget("Anna")).isEqualTo(3);
            assertThat(gallery.size()).isZero();
            gallery.enrol("Anna", List.of(FAR));
            assertThat(other.nearest(HERE, 5)).containsExactly(new Match("Anna", 50));
        }
    }

    @Test
    void neverMixesTwoModels() {
        var file = folder.resolve("models");
        try (var gallery = Gallery.openOrCreate(file, new Fixed("one", 2, 0.5))) {
            gallery.enrol("Anna", List.of(NEAR));
            assertThatThrownBy(() -> gallery.expects(new Fixed("two", 2, 0.5))).isInstanceOf(StriateException.class)
                    .hasMessageContaining("one with 2 values; received two with 2");
        }
        assertThatThrownBy(() -> Gallery.openOrCreate(file, new Fixed("two", 2, 0.5)))
                .hasMessageContaining("cannot be compared");
        assertThatThrownBy(() -> Gallery.openOrCreate(file, new Fixed("one", 3, 0.5)))
                .hasMessageContaining("received one with 3");
        assertThatThrownBy(() -> Gallery.create(file, "two", 2, 0.5)).hasMessageContaining("exists");
        try (var gallery = Gallery.openOrCreate(file, new Fixed("one", 2, 0.7))) {
            assertThat(gallery.size()).isEqualTo(1);
            assertThat(gallery.threshold()).isEqualTo(0.5);
        }
    }

    @Test
    void refusesASecondPersonUnderOneName() {
        try (var gallery = Gallery.create(folder.resolve("two people"), "model", 2, 6)) {
            gallery.enrol("Anna", List.of(HERE, new float[] { 6, 8 }, NEAR));
            assertThatThrownBy(() -> gallery.enrol("Anna", List.of(HERE, FAR))).isInstanceOf(StriateException.class)
                    .hasMessageContaining("picture 2 of 2 lies 40.000 from the nearest of Anna's others")
                    .hasMessageContaining("threshold of 6.000");
            assertThatThrownBy(() -> gallery.enrol(Map.of("Bert", List.of(FAR), "Anna", List.of(FAR))));
            assertThat(gallery.people()).containsExactly(Map.entry("Anna", 3));
            gallery.enrolAnyway("Anna", List.of(FAR));
            gallery.enrol("Anna", List.of(new float[] { 30, 41 }));
            assertThat(gallery.people()).containsExactly(Map.entry("Anna", 5));
        }
    }

    @Test
    void refusesWhatItCannotCompareInASentence() {
        try (var gallery = planar("refusing")) {
            thenASentence(() -> gallery.nearest(HERE, 5), "somebody in it was expected", "refusing is empty");
            thenASentence(() -> gallery.enrol("Anna", List.of(NEAR, new float[3])), "2 values", "one of 3");
            thenASentence(() -> gallery.enrol("Anna", List.of(new float[] { 0, Float.NaN })), "NaN");
            thenASentence(() -> gallery.enrol("Anna", List.of(new float[] { 1e16f, 0 })), "up to 1.0E15");
            thenASentence(() -> gallery.nearest(new float[] { Float.POSITIVE_INFINITY, 0 }, 5), "Infinity");
            thenASentence(() -> gallery.nearest(HERE, 0), "received 0");
            thenASentence(() -> gallery.enrol("Anna", List.of()), "picture of Anna");
            thenASentence(() -> gallery.enrol(" ", List.of(NEAR)), "name of a person");
            assertThat(gallery.size()).isZero();
        }
        thenASentence(() -> Gallery.create(folder.resolve("new"), "model", 0, 1), "received 'model', 0");
    }

    @Test
    void losesNothingToThreadsThatEnrolForgetAndAskAtOnce() throws Exception {
        var enrolled = new TreeMap<String, float[]>();
        try (var gallery = Gallery.create(folder.resolve("threads"), "model", 16, Double.NaN);
                var threads = Executors.newFixedThreadPool(8)) {
            var work = new ArrayList<Callable<Map<String, float[]>>>();
            for (var thread = 0; thread < 8; thread++) {
                var points = new Points(16, 1, thread);
                var name = "thread " + thread + ", ";
                work.add(() -> enrolTwoOfThree(gallery, name, points));
            }
            for (var each : threads.invokeAll(work)) enrolled.putAll(each.get());
        }
        try (var gallery = Gallery.open(folder.resolve("threads"))) {
            assertThat(gallery.people().keySet()).isEqualTo(enrolled.keySet());
            enrolled.forEach((name, at) -> assertThat(gallery.nearest(at, 1)).containsExactly(new Match(name, 0)));
        }
    }

    private static Map<String, float[]> enrolTwoOfThree(Gallery gallery, String thread, Points points) {
        var kept = new TreeMap<String, float[]>();
        for (var i = 0; i < 3; i++) {
            var point = points.next();
            gallery.enrol(thread + i, List.of(point));
            assertThat(gallery.nearest(point, 3)).contains(new Match(thread + i, 0));
            if (i % 3 == 0) assertThat(gallery.forget(thread + i)).isEqualTo(1);
            else kept.put(thread + i, point);
        }
        return kept;
    }

    private Gallery planar(String name) {
        return Gallery.create(folder.resolve(name), "model", 2, Double.NaN);
    }

    private static List<Match> nearest(Map<String, List<float[]>> people, float[] sought, int count) {
        return people.entrySet().stream()
                .map(person -> new Match(person.getKey(), person.getValue().stream()
                        .mapToDouble(embedding -> distance(embedding, sought)).min().orElseThrow()))
                .sorted((a, b) -> Double.compare(a.distance(), b.distance())).limit(count).toList();
    }

    private static double distance(float[] a, float[] b) {
        var sum = 0.0;
        for (var i = 0; i < a.length; i++) sum += Math.pow((double) a[i] - b[i], 2);
        return Math.sqrt(sum);
    }

    private static void thenASentence(Runnable work, String... parts) {
        assertThatThrownBy(work::run).isInstanceOf(StriateException.class).hasMessageContainingAll(parts)
                .hasMessageEndingWith(".");
    }

    /// An embedder for its name alone.
    private record Fixed(String fingerprint, int dimensions, double threshold) implements Embedder {
        @Override
        public float[] embedding(Picture picture) {
            return new float[dimensions];
        }
    }
}
