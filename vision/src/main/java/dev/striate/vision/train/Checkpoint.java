package dev.striate.vision.train;

import dev.striate.StriateException;
import dev.striate.files.FileErrors;
import dev.striate.json.Json;
import dev.striate.recipe.PlateauState;
import dev.striate.weights.AtomicFile;
import dev.striate.weights.SafeTensors;
import dev.striate.weights.TensorData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// All that a run needs to go on at the very step: parameters, the optimiser's state, its place, and what was measured.
///
/// @param parameters the model's tensors by name
/// @param optimizer the trainer's flat tensors by name
record Checkpoint(Place place, SequencedMap<String, TensorData> parameters,
        SequencedMap<String, TensorData> optimizer) {
    private static final String FILE = "checkpoint.safetensors";
    private static final String PREVIOUS = "checkpoint.previous.safetensors";
    private static final String FRESH = FILE + ".new";
    /// A fresh file that was not yet renamed is newer than the last one.
    private static final List<String> NEWEST_FIRST = List.of(FRESH, FILE, PREVIOUS);
    private static final String FORMAT = "striate.checkpoint";
    private static final String VERSION = "2";
    private static final String PLACE = "striate.place";
    private static final String CHECKSUM = "striate.crc32c";
    private static final String OPTIMIZER = "optimizer/";

    /// Where a run stands. `batch` is the next batch of `epoch`; the sums are those of the epoch so far.
    record Place(int epoch, int batch, long step, long pictures, SequencedMap<String, Double> sums, double seconds,
            PlateauState plateau, double bestScore, int epochsSinceBest, List<Epoch> history) {
        static final Place START = new Place(0, 0, 0, 0, new LinkedHashMap<>(), 0, PlateauState.START,
                Double.NEGATIVE_INFINITY, 0, List.of());

        Place {
            sums = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(sums));
            history = List.copyOf(history);
        }
    }

    /// Writes beside the last checkpoint, which is kept as the one before. Whichever of its steps a kill comes after, the
    /// folder holds a whole checkpoint.
    Path write(Path folder) {
        var tensors = new LinkedHashMap<>(parameters);
        optimizer.forEach((name, tensor) -> tensors.put(OPTIMIZER + name, tensor));
        var metadata = new LinkedHashMap<String, String>();
        var text = Json.write(place, Place.class);
        metadata.put(FORMAT, VERSION);
        metadata.put(PLACE, text);
        metadata.put(CHECKSUM, checksum(text, tensors));
        var file = file(folder);
        var fresh = folder.resolve(FRESH);
        new SafeTensors(metadata, tensors).write(fresh);
        try {
            if (Files.exists(file)) Files.move(file, folder.resolve(PREVIOUS), StandardCopyOption.REPLACE_EXISTING);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            AtomicFile.forceFolder(folder);
        } catch (IOException e) {
            throw StriateException.file(file + " could not be written: " + FileErrors.whyNotWritten(file, e) + ".", e);
        }
        return file;
    }

    /// Where a run's folder has its newest checkpoint.
    static Path file(Path folder) {
        return folder.resolve(FILE);
    }

    /// Whether a folder holds a checkpoint, whole or not.
    static boolean exists(Path folder) {
        return NEWEST_FIRST.stream().anyMatch(name -> Files.exists(folder.resolve(name)));
    }

    /// The newest checkpoint of a folder that is whole: where the last one is broken, the one before, and a warning.
    static Optional<Checkpoint> latest(Path folder, Consumer<String> warn) {
        StriateException broken = null;
        for (var name : NEWEST_FIRST) {
            var file = folder.resolve(name);
            if (!Files.exists(file)) continue;
            try {
                var checkpoint = read(file);
                if (broken != null) warn.accept(broken.getMessage() + " The run goes on from " + file + ".");
                return Optional.of(checkpoint);
            } catch (StriateException e) {
                if (broken == null) broken = e;
            }
        }
        if (broken != null) throw broken;
        return Optional.empty();
    }

    /// Removes what a killed process has left half written.
    static void removeLeftovers(Path folder) {
        try (var files = Files.newDirectoryStream(folder, "*.part")) {
            for (var file : files) Files.deleteIfExists(file);
        } catch (IOException e) {
            throw StriateException.file("The run's folder " + folder + " could not be tidied: "
                    + FileErrors.whyNotWritten(folder, e) + ".", e);
        }
    }

    private static Checkpoint read(Path file) {
        var stored = SafeTensors.read(file);
        var place = stored.metadata().get(PLACE);
        if (place == null) throw StriateException.file(file + " is no checkpoint.");
        if (!checksum(place, stored.tensors()).equals(stored.metadata().get(CHECKSUM))) {
            throw StriateException.file(file + " is damaged: its checksum does not fit its contents.");
        }
        var parameters = new LinkedHashMap<String, TensorData>();
        var optimizer = new LinkedHashMap<String, TensorData>();
        stored.tensors().forEach((name, tensor) -> {
            if (name.startsWith(OPTIMIZER)) optimizer.put(name.substring(OPTIMIZER.length()), tensor);
            else parameters.put(name, tensor);
        });
        return new Checkpoint(place(place, stored.metadata().get(FORMAT), file), parameters, optimizer);
    }

    private static Place place(String text, @Nullable String version, Path file) {
        if (version != null && !version.equals(VERSION)) {
            throw new StriateException(file + " is a checkpoint of format " + version + "; this program reads format "
                    + VERSION + " and the one before formats had numbers.");
        }
        var tree = Json.object(text, file.toString());
        return Json.read(version == null ? OlderFiles.place(tree) : tree, Place.class, file.toString());
    }

    private static String checksum(String text, Map<String, TensorData> tensors) {
        var crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        for (var tensor : tensors.values()) crc.update(tensor.bytes().asByteBuffer());
        return Long.toHexString(crc.getValue());
    }
}
