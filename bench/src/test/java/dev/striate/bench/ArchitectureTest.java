package dev.striate.bench;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.striate.natives.NativeSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Dependencies run one way: core, natives ← data, onednn; onednn ← torch, plan; all of them and onnx ← vision ← cli ← bench.
class ArchitectureTest {
    private static final String ROOT = "dev.striate..";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.striate");

    /// The packages of each module above core, to which all others belong; a module may see those listed before it.
    private static final Map<String, List<String>> MODULES = modules();

    private static Map<String, List<String>> modules() {
        var modules = new LinkedHashMap<String, List<String>>();
        modules.put("natives", List.of("dev.striate.natives.."));
        modules.put("data", List.of("dev.striate.data.."));
        modules.put("onednn", List.of("dev.striate.onednn.."));
        modules.put("torch", List.of("dev.striate.torch.."));
        modules.put("plan", List.of("dev.striate.plan.."));
        modules.put("onnx", List.of("dev.striate.onnx.."));
        modules.put("vision", List.of("dev.striate.vision.."));
        modules.put("cli", List.of("dev.striate.cli.."));
        modules.put("bench", List.of("dev.striate.bench.."));
        return modules;
    }

    /// Modules of which neither may see the other, though one stands above the other in the list.
    private static final Map<String, List<String>> STRANGERS = Map.of(
            "onednn", List.of("data"),
            "torch", List.of("data"),
            "plan", List.of("data", "torch"),
            "onnx", List.of("natives", "data", "onednn", "torch", "plan"));

    static List<String> moduleNames() {
        return List.copyOf(MODULES.keySet());
    }

    @Test
    void coreSeesNoOtherModule() {
        noClasses()
                .that().resideOutsideOfPackages(packages(moduleNames()))
                .should().dependOnClassesThat().resideInAnyPackage(packages(moduleNames()))
                .check(CLASSES);
    }

    @ParameterizedTest
    @MethodSource("moduleNames")
    void aModuleSeesOnlyThoseBelowIt(String module) {
        var names = moduleNames();
        var above = names.subList(names.indexOf(module) + 1, names.size());
        var unseen = new ArrayList<>(above);
        unseen.addAll(STRANGERS.getOrDefault(module, List.of()));
        if (unseen.isEmpty()) return;
        noClasses()
                .that().resideInAnyPackage(packages(List.of(module)))
                .should().dependOnClassesThat().resideInAnyPackage(packages(unseen))
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void packagesDependOnOneAnotherWithoutCycles() {
        slices().matching("dev.striate.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    /// `train` and `report` are no tasks: they serve all of them, and know none. `tasks` chooses one, and the demo shows
    /// one. R-CNN finds objects with a classifier, so it sees both.
    @Test
    void tasksDoNotSeeOneAnother() {
        slices().matching("dev.striate.vision.(*)..").should().notDependOnEachOther()
                .ignoreDependency(resideInAPackage("dev.striate.vision.."),
                        resideInAnyPackage("dev.striate.vision.report..", "dev.striate.vision.train.."))
                .ignoreDependency(resideInAnyPackage("dev.striate.vision.tasks..", "dev.striate.vision.demo.."),
                        resideInAPackage("dev.striate.vision.."))
                .ignoreDependency(resideInAPackage("dev.striate.vision.rcnn.."),
                        resideInAnyPackage("dev.striate.vision.classify..", "dev.striate.vision.detect.."))
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void eachNativeLibraryHasOneHome() {
        onlyIn("dev.striate.torch..", "org.bytedeco.pytorch..");
        onlyIn("dev.striate.onnx..", "ai.onnx.proto..");
        onlyIn("dev.striate.[onnx|vision.report]..", "com.google.protobuf..");
        // Plans are made of oneDNN's primitives, and training's kernels beside libtorch's; what both share is in onednn.
        // Bench times its matrix product, and OpenCV's networks as a peer.
        noClasses()
                .that().resideOutsideOfPackages(packages(List.of("onednn", "plan", "torch", "bench")))
                .should().dependOnClassesThat().resideInAnyPackage("org.bytedeco.dnnl..")
                .check(CLASSES);
        noClasses()
                .that().resideOutsideOfPackages(packages(List.of("data", "bench")))
                .should().dependOnClassesThat().resideInAnyPackage("org.bytedeco.opencv..")
                .check(CLASSES);
        onlyIn("dev.striate.data.video..", "org.bytedeco.ffmpeg..");
        onlyIn("dev.striate.data.video..", "org.bytedeco.javacv..");
        onlyIn("dev.striate.vision.rcnn..", "de.bwaldvogel.liblinear..");
        onlyIn("dev.striate.vision.[rcnn|verify]..", "org.ejml..");
        onlyIn("dev.striate.vision.verify..", "org.sqlite..");
        onlyIn("dev.striate.vision.verify..", "java.sql..");
        onlyIn("dev.striate.bench..", "ai.djl..");
        onlyIn("dev.striate.bench..", "ai.onnxruntime..");
    }

    @Test
    void coreNeedsOnlyJavaAndJackson() {
        noClasses()
                .that().resideOutsideOfPackages(packages(moduleNames()))
                .should().dependOnClassesThat().resideOutsideOfPackages(
                        ROOT, "java..", "tools.jackson..", "com.fasterxml.jackson.annotation..",
                        "org.jspecify.annotations..")
                .check(CLASSES);
    }

    /// What reads pictures needs settings of the process, but neither oneDNN nor networks to have them.
    @Test
    void nativesNeedsOnlyJava() {
        noClasses()
                .that().resideInAnyPackage(packages(List.of("natives")))
                .should().dependOnClassesThat().resideOutsideOfPackages(
                        "dev.striate.natives..", "java..", "org.jspecify.annotations..")
                .check(CLASSES);
    }

    /// `NativeSettings` holds back what JavaCPP writes there.
    @Test
    void onlyTheCommandLineWritesToStandardOutput() {
        noClasses()
                .that().resideOutsideOfPackages("dev.striate.cli..", "dev.striate.bench..")
                .and().doNotBelongToAnyOf(NativeSettings.class)
                .should().accessField(System.class, "out")
                .orShould().accessField(System.class, "err")
                .check(CLASSES);
    }

    /// Guards the other tests: a reader that skipped class files of a newer Java would find no offence in them.
    @Test
    void theClassFilesAreRead() {
        assertThat(CLASSES).as("classes read").hasSizeGreaterThan(200);
        assertThat(CLASSES.get("dev.striate.graph.Network").getMethods()).isNotEmpty();
        assertThat(CLASSES.get("dev.striate.cli.ModelsCommand").getDirectDependenciesFromSelf())
                .extracting(dependency -> dependency.getTargetClass().getName())
                .contains("dev.striate.zoo.Zoo");
        assertThat(CLASSES).extracting(JavaClass::getPackageName).contains("dev.striate.zoo", "dev.striate.graph");
    }

    private static void onlyIn(String home, String library) {
        noClasses()
                .that().resideOutsideOfPackage(home)
                .should().dependOnClassesThat().resideInAPackage(library)
                .check(CLASSES);
    }

    private static String[] packages(List<String> modules) {
        return modules.stream().flatMap(module -> MODULES.get(module).stream()).toArray(String[]::new);
    }
}
