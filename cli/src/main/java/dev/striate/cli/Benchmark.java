package dev.striate.cli;

import dev.striate.graph.Network;
import dev.striate.weights.ModelFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// What `striate bench` runs. The module bench provides it as a service, with peers that the command line does without.
public interface Benchmark {
    /// Measures, saying on the way what has been measured.
    Answer run(Request request, Consumer<String> progress);

    /// A network to measure, by its name in the table.
    ///
    /// @param weights its own, where a file holds them; otherwise random ones are made
    record Subject(String name, Network network, Optional<ModelFile> weights) {}

    /// What to measure: each contender on each network and batch size, in `rounds` processes of its own in turn, each
    /// timed for at least `seconds`. With `prepareOnly` only the files that the contenders read are written.
    record Request(List<Subject> networks, List<Integer> batches, List<Contender> contenders, boolean training,
            int rounds, double seconds, int threads, Optional<Path> files, boolean prepareOnly, Optional<Path> out) {
        public Request {
            networks = List.copyOf(networks);
            batches = List.copyOf(batches);
            contenders = List.copyOf(contenders);
        }
    }

    /// The table as a value for JSON, and as text for a terminal.
    record Answer(Object json, String text) {}
}
