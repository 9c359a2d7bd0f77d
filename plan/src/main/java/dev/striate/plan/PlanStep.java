package dev.striate.plan;

import java.util.ArrayList;
import java.util.List;

/// One step of a plan, whatever the batch: what it computes, from which values, and what is done to the result on the way
/// to memory. A value is named by the index of the network's node that gives it.
record PlanStep(String name, Computation computation, List<Integer> inputs, List<PostOp> posts, int output) {
    PlanStep {
        inputs = List.copyOf(inputs);
        posts = List.copyOf(posts);
    }

    PlanStep with(Computation computation) {
        return new PlanStep(name, computation, inputs, posts, output);
    }

    PlanStep withPosts(List<PostOp> posts) {
        return new PlanStep(name, computation, inputs, posts, output);
    }

    PlanStep then(PostOp post) {
        var longer = new ArrayList<>(posts);
        longer.add(post);
        return new PlanStep(name, computation, inputs, longer, output);
    }

    PlanStep endingAt(int output) {
        return new PlanStep(name, computation, inputs, posts, output);
    }

    int input() {
        return inputs.getFirst();
    }

    /// All values that the step reads: its inputs and the residuals that it adds.
    List<Integer> reads() {
        var reads = new ArrayList<>(inputs);
        for (var post : posts) if (post instanceof PostOp.Residual(int value)) reads.add(value);
        return reads;
    }

    boolean addsResidual() {
        return posts.stream().anyMatch(PostOp.Residual.class::isInstance);
    }
}
