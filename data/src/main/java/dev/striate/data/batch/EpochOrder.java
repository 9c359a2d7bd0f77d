package dev.striate.data.batch;

import dev.striate.StriateException;
import dev.striate.data.set.DataSet;
import dev.striate.random.Draws;
import dev.striate.random.RandomStream;
import dev.striate.recipe.BatchSampling;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// The pictures of an epoch in the order of its batches.
interface EpochOrder {
    /// As many as the set has.
    int[] of(RandomStream epoch);

    static EpochOrder of(Loading loading, DataSet set) {
        return switch (loading.sampling()) {
            case BatchSampling.Shuffled _ -> epoch -> epoch.permutation(set.size());
            case BatchSampling.Pairs(var same) -> new InPairs(Identities.of(set), same, loading.batchSize());
            case BatchSampling.Identities(var pictures) ->
                new OfIdentities(Identities.of(set), pictures, loading.batchSize());
        };
    }

    /// Whose pictures there are.
    record Identities(int[] labels, List<int[]> members) {
        static Identities of(DataSet set) {
            var labels = IntStream.range(0, set.size()).map(set::label).toArray();
            var members = new ArrayList<List<Integer>>();
            set.classes().forEach(_ -> members.add(new ArrayList<>()));
            for (var i = 0; i < labels.length; i++) members.get(labels[i]).add(i);
            var several = members.stream().filter(own -> own.size() > 1)
                    .map(own -> own.stream().mapToInt(i -> i).toArray()).toList();
            if (several.size() < 2) {
                throw new StriateException("At least two identities with two pictures each were expected; received "
                        + several.size() + " among " + labels.length + " pictures.");
            }
            return new Identities(labels, several);
        }
    }

    /// Pairs whose first picture goes through all that have a second of their identity.
    record InPairs(Identities identities, double same, int batch) implements EpochOrder {
        public InPairs {
            if (batch % 2 != 0) {
                throw new StriateException("A batch of pairs expects an even number of pictures; received " + batch
                        + ".");
            }
        }

        @Override
        public int[] of(RandomStream epoch) {
            var draws = epoch.at("partners").draws();
            var owners = IntStream.range(0, identities.members.size()).boxed()
                    .flatMap(owner -> IntStream.range(0, identities.members.get(owner).length)
                            .mapToObj(place -> new int[] { owner, place }))
                    .toList();
            var turns = epoch.permutation(owners.size());
            var order = new int[identities.labels.length];
            for (var i = 0; i < order.length; i += 2) {
                var first = owners.get(turns[i / 2 % turns.length]);
                order[i] = identities.members.get(first[0])[first[1]];
                if (i + 1 < order.length) order[i + 1] = partner(first, draws);
            }
            return order;
        }

        private int partner(int[] first, Draws draws) {
            var own = identities.members.get(first[0]);
            if (draws.chance(same)) return own[other(first[1], own.length, draws)];
            var stranger = identities.members.get(other(first[0], identities.members.size(), draws));
            return stranger[draws.nextInt(stranger.length)];
        }

        private static int other(int one, int count, Draws draws) {
            var drawn = draws.nextInt(count - 1);
            return drawn < one ? drawn : drawn + 1;
        }
    }

    /// Batches of several pictures each of as many identities as fit; an identity with fewer gives some twice.
    record OfIdentities(Identities identities, int pictures, int batch) implements EpochOrder {
        public OfIdentities {
            var wanted = batch / pictures;
            if (batch % pictures != 0 || wanted < 2) {
                throw new StriateException("A batch of at least two identities with " + pictures
                        + " pictures each was expected; received " + batch + " pictures.");
            }
            if (wanted > identities.members.size()) {
                throw new StriateException("A batch of " + batch + " pictures with " + pictures
                        + " of each identity expects " + wanted + " of these; received " + identities.members.size()
                        + ". A smaller --batch-size fits.");
            }
        }

        @Override
        public int[] of(RandomStream epoch) {
            var order = new int[identities.labels.length];
            for (var from = 0; from < order.length; from += batch) {
                var people = epoch.at(from).permutation(identities.members.size());
                for (var i = 0; i < batch && from + i < order.length; i++) {
                    var own = identities.members.get(people[i / pictures]);
                    var turn = epoch.at(from).at(people[i / pictures]).permutation(own.length);
                    order[from + i] = own[turn[i % pictures % own.length]];
                }
            }
            return order;
        }
    }
}
