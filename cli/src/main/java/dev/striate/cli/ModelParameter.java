package dev.striate.cli;

import dev.striate.vision.train.Run;
import dev.striate.weights.ModelFile;
import java.nio.file.Path;
import picocli.CommandLine.Parameters;

/// The trained model that a command is about: its first parameter.
final class ModelParameter {
    @Parameters(index = "0", paramLabel = "MODEL", description = "A model's file (.safetensors) or a run's folder.")
    private Path place;

    /// As it was given.
    Path place() {
        return place;
    }

    /// The model's file: of a run the best model.
    Path file() {
        return Run.model(place);
    }

    ModelFile read() {
        return ModelFile.read(file());
    }

    /// The model of a file, or the best of a run's folder.
    static ModelFile read(Path place) {
        return ModelFile.read(Run.model(place));
    }

    /// The data set that a run was trained on; refuses a file, which does not say.
    String data() {
        return Run.read(place).data();
    }
}
