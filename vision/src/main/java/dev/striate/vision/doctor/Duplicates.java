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

    private record Pair(Look first, Look second) {
        boolean leaks() {
            return !first.part().equals(second.part());
        }

        boolean disagrees() {
            return first.label() != second.label();
        }

        @Override
        public String toString() {
            return first.part() + " " + first.name() + " = " + second.part() + " " + second.name();
        }
    }

    private Duplicates() {}

    static List<Finding> in(List<Look> looks) {
        var readable = looks.stream().filter(Look::isReadable).toList();
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
        findings.add(new Finding(severity, pairs.size() + (pairs.size() == 1 ? " pair of " : " pairs of ") + what,
                Checkup.some(pairs.stream().map(Pair::toString).toList())));
    }

    /// Each picture with the first one that equals it.
    private static List<Pair> exact(List<Look> looks) {
        var first = new HashMap<Long, Look>();
        var pairs = new ArrayList<Pair>();
        for (var look : looks) {
            var known = first.putIfAbsent(look.fingerprint().exact(), look);
            if (known != null) pairs.add(new Pair(known, look));
        }
        return pairs;
    }

    /// Each picture with the first one that it nearly equals.
    private static List<Pair> near(List<Look> looks) {
        var byQuarter = new HashMap<Integer, List<Look>>();
        var pairs = new ArrayList<Pair>();
        for (var look : looks) {
            if (look.fingerprint().look() == Fingerprint.NO_LOOK) continue;
            var partner = partner(look, byQuarter);
            if (partner != null) pairs.add(new Pair(partner, look));
            for (var quarter = 0; quarter < 4; quarter++) {
                byQuarter.computeIfAbsent(key(look, quarter), _ -> new ArrayList<>()).add(look);
            }
        }
        return pairs;
    }

    private static @Nullable Look partner(Look look, HashMap<Integer, List<Look>> byQuarter) {
        for (var quarter = 0; quarter < 4; quarter++) {
            var others = byQuarter.getOrDefault(key(look, quarter), List.of());
            for (var other : others.subList(0, Math.min(CROWD, others.size()))) {
                if (other.fingerprint().isNear(look.fingerprint())) return other;
            }
        }
        return null;
    }

    private static int key(Look look, int quarter) {
        return quarter << 16 | (int) (look.fingerprint().look() >>> 16 * quarter & 0xffff);
    }
}
