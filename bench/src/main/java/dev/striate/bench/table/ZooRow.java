package dev.striate.bench.table;

import dev.striate.cli.Contender;
import dev.striate.graph.Costs;
import dev.striate.json.Former;
import dev.striate.zoo.Zoo;
import java.util.List;
import java.util.Optional;

/// A row as texts had it when all networks were the zoo's, which knows their arithmetic.
record ZooRow(String network, int batch, boolean training, Contender contender, List<Measurement> turns,
        Optional<String> absence) implements Former<Row> {
    @Override
    public Row now() {
        return new Row(network, batch, training, Costs.of(Zoo.network(network).atInference()).gflop(), contender, turns,
                absence);
    }
}
