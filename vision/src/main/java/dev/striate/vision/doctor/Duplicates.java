package dev.striate.vision.doctor;

import dev.striate.vision.doctor.Finding.Severity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds pictures that are there twice, exactly or nearly, and those that testing shares with training.
final class Duplicates {
    /// Looks are compared only where one of their four 16-bit quarters is the same, which two with fewer than four
    /// differing bits always have; a quarter that very many share tells nothing.
    private static final int CROWD = 64;

    private record Pair(ScannedPicture first, ScannedPicture second) {
        boolean leaks() {
            return !first.part().equals(second.part());
        }

        boolean disagrees() {
            return first.label() != second.label();
        }
    }

    private Duplicates() {}

    static List<Finding> in(List<ScannedPicture> pictures) {
        var readable = pictures.stream().filter(ScannedPicture::isReadable).toList();
        var exact = exact(readable);
        var near = near(readable);
        var findings = new ArrayList<Finding>();
        add(findings, Severity.ERROR, "equal pictures in two parts: testing on them measures memory",
                exact.stream().filter(Pair::leaks).toList());
        add(findings, Severity.ERROR, "equal pictures with different labels",
                exact.stream().filter(Pair::disagrees).toList());
        add(findings, Severity.WARNING, "equal pictures within one part",
                exact.stream().filter(pair -> !pair.leaks() && !pair.disagrees()).toList());
        add(findings, Severity.WARNING, "nearly equal pictures in two parts",
                near.stream().filter(Pair::leaks).toList());
        add(findings, Severity.NOTE, "nearly equal pictures within one part",
                near.stream().filter(pair -> !pair.leaks()).toList());
        return findings;
    }

    private static void add(List<Finding> findings, Severity severity, String what, List<Pair> pairs) {
        if (pairs.isEmpty()) return;
        findings.add(Finding.ofPairs(severity, pairs.size() + (pairs.size() == 1 ? " pair of " : " pairs of ") + what,
                pairs.stream().map(pair -> List.of(pair.first, pair.second))));
    }

    /// Each picture with the first one that equals it.
    private static List<Pair> exact(List<ScannedPicture> pictures) {
        var first = new HashMap<Long, ScannedPicture>();
        var pairs = new ArrayList<Pair>();
        for (var picture : pictures) {
            var known = first.putIfAbsent(picture.fingerprint().exact(), picture);
            if (known != null) pairs.add(new Pair(known, picture));
        }
        return pairs;
    }

    /// Each picture with the first one that it nearly equals.
    private static List<Pair> near(List<ScannedPicture> pictures) {
        var byQuarter = new HashMap<Integer, List<ScannedPicture>>();
        var pairs = new ArrayList<Pair>();
        for (var picture : pictures) {
            if (picture.fingerprint().look() == Fingerprint.NO_LOOK) continue;
            var partner = partner(picture, byQuarter);
            if (partner != null) pairs.add(new Pair(partner, picture));
            for (var quarter = 0; quarter < 4; quarter++) {
                byQuarter.computeIfAbsent(key(picture, quarter), _ -> new ArrayList<>()).add(picture);
            }
        }
        return pairs;
    }

    private static @Nullable ScannedPicture partner(ScannedPicture picture,
            HashMap<Integer, List<ScannedPicture>> byQuarter) {
        for (var quarter = 0; quarter < 4; quarter++) {
            var others = byQuarter.getOrDefault(key(picture, quarter), List.of());
            for (var other : others.subList(0, Math.min(CROWD, others.size()))) {
                if (other.fingerprint().isNear(picture.fingerprint())) return other;
            }
        }
        return null;
    }

    private static int key(ScannedPicture picture, int quarter) {
        return quarter << 16 | (int) (picture.fingerprint().look() >>> 16 * quarter & 0xffff);
    }
}
