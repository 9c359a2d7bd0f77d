package dev.striate.data.set;

import dev.striate.StriateException;
import dev.striate.files.FileErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A folder with the binary version of CIFAR-10 (`data_batch_1.bin` …) or CIFAR-100 (`train.bin`), as unpacked.
final class CifarFolder {
    private static final List<String> UNPACKED = List.of("cifar-10-batches-bin", "cifar-100-binary");

    private CifarFolder() {}

    /// The folder itself, or the one in it that the official archive makes.
    static Optional<Path> find(Path folder) {
        return Stream.concat(Stream.of(folder), UNPACKED.stream().map(folder::resolve))
                .filter(each -> isTen(each) || isHundred(each)).findFirst();
    }

    static Splits open(Path folder) {
        return isTen(folder) ? ten(folder) : hundred(folder);
    }

    private static boolean isTen(Path folder) {
        return Files.exists(folder.resolve("data_batch_1.bin"));
    }

    private static boolean isHundred(Path folder) {
        return Files.exists(folder.resolve("train.bin")) && Files.exists(folder.resolve("test.bin"));
    }

    private static Splits ten(Path folder) {
        var classes = names(folder.resolve("batches.meta.txt"), 10);
        var train = Stream.of(1, 2, 3, 4, 5)
                .map(i -> CifarFile.read(folder.resolve("data_batch_" + i + ".bin"), 1, classes)).toList();
        var test = CifarFile.read(folder.resolve("test_batch.bin"), 1, classes);
        return splits(folder, classes, train, test);
    }

    private static Splits hundred(Path folder) {
        var classes = names(folder.resolve("fine_label_names.txt"), 100);
        return splits(folder, classes, List.of(CifarFile.read(folder.resolve("train.bin"), 2, classes)),
                CifarFile.read(folder.resolve("test.bin"), 2, classes));
    }

    private static Splits splits(Path folder, List<String> classes, List<CifarFile> train, CifarFile test) {
        return new Splits(folder.toString(), Cifar.of(classes, train), Optional.empty(),
                Cifar.of(classes, List.of(test)), true);
    }

    private static List<String> names(Path file, int count) {
        try {
            var names = Files.readAllLines(file).stream().map(String::strip).filter(name -> !name.isEmpty()).toList();
            if (names.size() == count) return names;
            throw StriateException.file(count + " class names were expected in " + file + "; received " + names.size()
                    + ".");
        } catch (IOException e) {
            throw StriateException.file("CIFAR's class names were expected at " + file + "; it cannot be read: "
                    + FileErrors.whyNotRead(file, e) + ".", e);
        }
    }
}
