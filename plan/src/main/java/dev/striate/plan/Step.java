package dev.striate.plan;

import java.util.ArrayList;
import java.util.List;

/// One step of a plan, whatever the batch: what it computes, from which values, and what is done to the result on the way
/// to memory. A value is named by the index of the network's node that gives it.
record Step(String name, Stage stage, List<Integer> inputs, List<Post> posts, int output) {
    Step {
        inputs = List.copyOf(inputs);
        posts = List.copyOf(posts);
    }

    Step with(Stage stage) {
        return new Step(name, stage, inputs, posts, output);
    }

    Step then(Post post) {
        var longer = new ArrayList<>(posts);
        longer.add(post);
        return new Step(name, stage, inputs, longer, output);
    }

    Step endingAt(int output) {
        return new Step(name, stage, inputs, posts, output);
    }

    int input() {
        return inputs.getFirst();
    }

    /// All values that the step reads: its inputs and the residuals that it adds.
    List<Integer> reads() {
        var reads = new ArrayList<>(inputs);
        for (var post : posts) if (post instanceof Post.Residual(int value)) reads.add(value);
        return reads;
    }

    boolean addsResidual() {
        return posts.stream().anyMatch(Post.Residual.class::isInstance);
    }
}
