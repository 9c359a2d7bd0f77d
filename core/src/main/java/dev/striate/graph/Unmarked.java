package dev.striate.graph;

import dev.striate.json.Former;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A network as texts had it before they said which outputs are auxiliary: all but the first and detectors' were.
record Unmarked(String name, List<Node> nodes, Map<String, Integer> outputs) implements Former<Network> {
    @Override
    public Network now() {
        var network = new Network(name, nodes, outputs);
        var auxiliary = network.outputs().entrySet().stream().skip(1)
                .filter(output -> !(network.nodes().get(output.getValue()).op() instanceof Op.Detection))
                .map(Map.Entry::getKey).collect(Collectors.toSet());
        return new Network(name, nodes, outputs, auxiliary);
    }
}
