package dev.striate.vision.verify;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// The few nearest persons found so far, by the nearest of each one's embeddings; for many threads.
final class Nearest {
    private final int count;
    private final TreeSet<Found> found = new TreeSet<>();
    private final Map<Integer, Found> byPerson = new HashMap<>();
    private volatile double farthest = Double.POSITIVE_INFINITY;

    Nearest(int count) {
        this.count = count;
    }

    /// A person by number; of two at one distance the one with the lower number comes first.
    record Found(int person, double distance) implements Comparable<Found> {
        @Override
        public int compareTo(Found other) {
            var order = Double.compare(distance, other.distance);
            return order != 0 ? order : Integer.compare(person, other.person);
        }
    }

    /// What lies farther changes nothing any more; infinite while there are fewer persons than asked for.
    double farthest() {
        return farthest;
    }

    void offer(int person, double distance) {
        if (distance <= farthest) add(person, distance);
    }

    private synchronized void add(int person, double distance) {
        var offered = new Found(person, distance);
        var before = byPerson.get(person);
        if (before != null && before.compareTo(offered) <= 0) return;
        if (before != null) found.remove(before);
        found.add(offered);
        byPerson.put(person, offered);
        if (found.size() > count) byPerson.remove(found.removeLast().person());
        if (found.size() == count) farthest = found.last().distance();
    }

    synchronized List<Found> found() {
        return List.copyOf(found);
    }
}
