package dev.striate.cli;

import dev.striate.StriateException;
import dev.striate.darknet.DarknetNetwork;
import dev.striate.exchange.Imported;
import dev.striate.exchange.Imports;
import dev.striate.exchange.Logits;
import dev.striate.graph.Network;
import dev.striate.graph.Shape;
import dev.striate.vision.train.Run;
import dev.striate.weights.ModelFile;
import dev.striate.zoo.Zoo;
import dev.striate.zoo.ZooEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;

/// What a `NET` on the command line names: a network of the zoo, a Darknet network, a trained model or a run.
sealed interface Source {
    String DESCRIPTION = "A network's name (`striate models` lists them), a Darknet network (.cfg), a model's file "
            + "(.safetensors) or a run's folder.";

    /// The network, for another input or number of classes where they are given.
    Network network(Optional<Shape> input, Optional<Integer> classes);

    /// The network to train on pictures of so many classes, where its outputs are classes; one that is no recipe for any
    /// number stays as it is.
    default Network forTraining(Optional<Shape> input, Optional<Integer> classes) {
        return network(input, Optional.empty());
    }

    /// The network as `striate bench` measures it: with the weights of a model's file, of another none.
    Benchmark.Subject subject();

    /// The file with its weights, where it has some.
    default Optional<Path> weights() {
        return Optional.empty();
    }

    /// Another program's weights for the network.
    default Imported imported(Path weights, Optional<Shape> input, Optional<Integer> classes) {
        return Imports.read(weights, network(input, classes));
    }

    record FromZoo(ZooEntry entry) implements Source {
        @Override
        public Network network(Optional<Shape> input, Optional<Integer> classes) {
            return entry.network(input.orElse(entry.input()), classes.orElse(entry.classes()));
        }

        @Override
        public Network forTraining(Optional<Shape> input, Optional<Integer> classes) {
            return network(input, classes);
        }

        @Override
        public Benchmark.Subject subject() {
            return new Benchmark.Subject(entry.name(), network(Optional.empty(), Optional.empty()), Optional.empty());
        }
    }

    /// A file that holds one network, whose number of classes is part of it.
    record FromFile(Path file) implements Source {
        @Override
        public Network network(Optional<Shape> input, Optional<Integer> classes) {
            if (classes.isPresent()) {
                throw new StriateException("The network of a file keeps its classes: leave out --classes "
                        + classes.get() + " with " + file + ".");
            }
            var network = read();
            return input.map(network::withInput).orElse(network);
        }

        @Override
        public Network forTraining(Optional<Shape> input, Optional<Integer> classes) {
            return Logits.of(network(input, Optional.empty()));
        }

        @Override
        public Imported imported(Path weights, Optional<Shape> input, Optional<Integer> classes) {
            var asIs = input.isEmpty() && classes.isEmpty() && isDarknet(file);
            return asIs ? Imports.read(weights, DarknetNetwork.read(file))
                    : Source.super.imported(weights, input, classes);
        }

        @Override
        public Benchmark.Subject subject() {
            var name = file.toAbsolutePath().normalize().getFileName().toString();
            if (isDarknet(file)) return new Benchmark.Subject(name, read(), Optional.empty());
            var model = ModelFile.read(Run.model(file));
            return new Benchmark.Subject(name, model.network(), Optional.of(model));
        }

        @Override
        public Optional<Path> weights() {
            return isDarknet(file) ? Optional.empty() : Optional.of(file);
        }

        private Network read() {
            if (Files.isDirectory(file)) return Run.read(file).network();
            return isDarknet(file) ? DarknetNetwork.read(file).network() : ModelFile.read(file).network();
        }

        private static boolean isDarknet(Path file) {
            return file.toString().endsWith(".cfg");
        }
    }

    /// A path, a name with a file's ending or a folder's name is a file; whether it is there shows when it is read.
    final class Converter implements ITypeConverter<Source> {
        @Override
        public Source convert(String text) {
            var path = Path.of(text);
            var isFile = text.endsWith(".safetensors") || text.endsWith(".cfg") || path.getNameCount() > 1
                    || Files.isDirectory(path);
            return isFile ? new FromFile(path) : new FromZoo(Zoo.entry(text));
        }
    }
}
