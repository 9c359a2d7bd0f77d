package dev.striate.yolo;

import dev.striate.StriateException;
import dev.striate.graph.Size;
import dev.striate.target.Target;
import java.util.List;

/// What is known of a picture for a head to learn.
public sealed interface Truths {
    /// All its objects with their boxes.
    record Objects(List<Truth> objects) implements Truths {
        public Objects {
            objects = List.copyOf(objects);
        }
    }

    /// One class that is in it, wherever that may be (Redmon and Farhadi 2017, §4).
    record Label(int index) implements Truths {}

    /// What a target says whose boxes lie in the input's pixels; refuses another kind, and a class that the head lacks.
    static Truths of(Target target, Size input, int classes) {
        return switch (target) {
            case Target.Objects objects -> {
                objects.boxes().forEach(each -> within(each.label(), classes));
                yield new Objects(Truth.of(objects, input));
            }
            case Target.Label(var label) -> {
                within(label, classes);
                yield new Label(label);
            }
            case Target.Mask _,Target.None _ ->
                throw new StriateException("Objects with boxes, or a class, were expected for each picture; received "
                        + target + ".");
        };
    }

    private static void within(int label, int classes) {
        if (label < classes) return;
        throw new StriateException("Objects of " + classes + " classes were expected; received one of class " + label
                + ".");
    }

    /// The objects of each picture, for a head that learns from boxes alone.
    static List<List<Truth>> objects(List<Truths> pictures) {
        return pictures.stream().map(each -> switch (each) {
            case Objects(var objects) -> objects;
            case Label _ ->
                throw new StriateException("Boxes were expected for each picture, since only a [region] layer "
                        + "(YOLO v2) learns from a class without a box; received a class alone.");
        }).toList();
    }
}
