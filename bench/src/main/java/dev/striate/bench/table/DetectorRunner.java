package dev.striate.bench.table;

import dev.striate.detect.NonMaximumSuppression;
import dev.striate.graph.Outputs;
import dev.striate.yolo.YoloHeads;
import java.util.LinkedHashMap;
import java.util.List;

/// A detector's run to its end: the network by one contender, then, the same for all, the boxes that its outputs mean and
/// those of them that stay.
final class DetectorRunner implements Runner {
    /// Darknet's own.
    static final double SCORE = 0.25;
    private static final double OVERLAP = 0.45;

    private final Runner network;
    private final YoloHeads heads;
    private final int batch;
    private int found;

    DetectorRunner(Runner network, YoloHeads heads, int batch) {
        this.network = network;
        this.heads = heads;
        this.batch = batch;
    }

    @Override
    public List<float[]> run() {
        var values = network.run();
        var byName = new LinkedHashMap<String, float[]>();
        for (var name : heads.heads().keySet()) byName.put(name, values.get(byName.size()));
        var outputs = new Outputs(batch, byName);
        found = 0;
        for (var picture = 0; picture < batch; picture++) {
            var candidates = heads.decode(outputs, picture, SCORE);
            found += NonMaximumSuppression.of(candidates, heads.suppression(OVERLAP), Integer.MAX_VALUE).size();
        }
        return values;
    }

    /// How many objects the last run found.
    int found() {
        return found;
    }

    @Override
    public String version() {
        return network.version();
    }

    @Override
    public void close() {
        network.close();
    }
}
