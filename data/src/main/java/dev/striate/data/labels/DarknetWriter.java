package dev.striate.data.labels;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Writes Darknet's text files, the lists of pictures, the names, and the `*.data` file that names them all.
final class DarknetWriter {
    private DarknetWriter() {}

    static void write(Path folder, List<String> classes, List<Written> pictures) throws IOException {
        for (var picture : pictures) {
            LabelWriter.text(folder.resolve("labels").resolve(picture.role().label())
                    .resolve(LabelWriter.stem(picture) + ".txt"), lines(picture));
        }
        var data = new ArrayList<String>();
        data.add("classes = " + classes.size());
        for (var role : List.of(Role.TRAIN, Role.VALIDATION, Role.TEST)) {
            var names = pictures.stream().filter(each -> each.role() == role)
                    .map(each -> LabelWriter.place(Format.DARKNET, role, each.file())).toList();
            if (names.isEmpty()) continue;
            LabelWriter.text(folder.resolve(role.label() + ".txt"), names);
            data.add((role == Role.VALIDATION ? "valid" : role.label()) + " = " + role.label() + ".txt");
        }
        data.add("names = classes.names");
        LabelWriter.text(folder.resolve("set.data"), data);
        LabelWriter.text(folder.resolve("classes.names"), classes);
    }

    private static List<String> lines(Written picture) {
        double width = picture.size().width();
        double height = picture.size().height();
        return LabelWriter.boxes(picture).stream().map(object -> String.format(Locale.ROOT, "%d %.6f %.6f %.6f %.6f",
                object.label(), object.box().centerX() / width, object.box().centerY() / height,
                object.box().width() / width, object.box().height() / height)).toList();
    }
}
