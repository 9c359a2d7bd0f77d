package dev.striate.zoo;

import dev.striate.StriateException;
import dev.striate.graph.Network;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// All networks by name.
public final class Zoo {
    private static final Map<String, ZooEntry> ENTRIES = byName(List.of(
            LeNet.entries(), ConvNet.entries(), AlexNet.entries(), Vgg.entries(), NetworkInNetwork.entries(),
            GoogLeNet.entries(), BnInception.entries(), Inception.entries(), InceptionV4.entries(),
            InceptionResNet.entries(), ResNets.entries(), PreResNets.entries(), DenseNet.entries(), Darknet.entries(),
            Siamese.entries(), Fcn.entries(), SmallFcn.entries(), Yolo.entries(), FasterRcnn.entries()));

    private Zoo() {}

    /// All entries, family by family; none builds its network before it is asked to.
    public static List<ZooEntry> entries() {
        return List.copyOf(ENTRIES.values());
    }

    /// The entry of this name; refuses an unknown one and suggests the nearest.
    public static ZooEntry entry(String name) {
        var entry = ENTRIES.get(name);
        if (entry != null) return entry;
        throw new StriateException("No network is named '" + name + "'; the nearest name is '" + nearest(name)
                + "' (`striate models` lists all).");
    }

    /// The network of this name as its paper has it.
    public static Network network(String name) {
        return entry(name).network();
    }

    private static Map<String, ZooEntry> byName(List<List<ZooEntry>> families) {
        var entries = new LinkedHashMap<String, ZooEntry>();
        for (var family : families) for (var entry : family) entries.put(entry.name(), entry);
        return entries;
    }

    private static String nearest(String name) {
        return ENTRIES.keySet().stream()
                .min(Comparator.comparingInt(known -> distance(known, name)))
                .orElseThrow();
    }

    /// Levenshtein's edit distance.
    private static int distance(String a, String b) {
        var row = new int[b.length() + 1];
        for (var j = 0; j <= b.length(); j++) row[j] = j;
        for (var i = 1; i <= a.length(); i++) {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.length(); j++) {
                var substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
