package dev.striate.torch;

import java.util.LinkedHashMap;
import java.util.List;
import dev.striate.graph.Shape;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;

/// One pass through the whole network, whose outputs a criterion judges.
record OnePass(Model model, ExecutionGraph graph, Criterion criterion) implements Learning {
    @Override
    public List<String> figures() {
        return criterion.figures();
    }

    @Override
    public Shape input() {
        return graph.network().input();
    }

    @Override
    public Pass look(long seed) {
        return new Pass(graph, model.parameters(), model.types(), Pass.Mode.TRAINING, seed);
    }

    @Override
    public Criterion.Batch learn(Lesson lesson) {
        try (var pass = look(lesson.seed())) {
            var outputs = pass.forward(lesson.pixels());
            var leaves = new LinkedHashMap<String, Tensor>();
            outputs.forEach((name, output) -> leaves.put(name,
                    output.detach().to(model.types().rest()).requires_grad_(true)));
            Criterion.Batch batch;
            try (var _ = GradMode.on()) {
                batch = criterion.of(leaves, lesson.targets(), lesson.mixing(), lesson.seen());
                var share = batch.loss().mul(new Scalar(lesson.share()));
                share.backward(new Tensor(), new BoolOptional(), false, new TensorArrayRefOptional());
            }
            var gradients = new LinkedHashMap<String, Tensor>();
            leaves.forEach((name, leaf) -> gradients.put(name,
                    Tensors.own(leaf.grad()).view_as(outputs.get(name))));
            pass.backward(gradients);
            return batch;
        }
    }
}
