package dev.striate.torch;

import dev.striate.graph.Network;
import dev.striate.measure.Figures;
import dev.striate.target.Target;
import dev.striate.yolo.Truths;
import dev.striate.yolo.YoloHeads;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// The objects in each picture, by a detector's output layers, which know their losses and gradients themselves. The loss is
/// Darknet's: the sum over the layers of the squares of its gradients.
final class OfYolo implements Criterion {
    private final YoloHeads heads;

    OfYolo(Network network) {
        heads = YoloHeads.of(network);
    }

    @Override
    public List<String> figures() {
        return List.of(Figures.LOSS, "meanIoU");
    }

    @Override
    public Batch of(Map<String, Tensor> outputs, List<? extends Target> targets, Mixing mixing, long seen) {
        var truths = targets.stream().map(target -> Truths.of(target, heads.input(), heads.classes())).toList();
        var n = targets.size();
        var total = (Tensor) null;
        var objects = 0;
        var overlap = 0.0;
        for (var name : heads.heads().sequencedKeySet()) {
            var output = outputs.get(name);
            var loss = heads.heads().get(name).loss(Tensors.floats(output), heads.maps().get(name).size(),
                    heads.input(),
                    truths, seen);
            var gradient = Tensors.of(loss.gradient(), output.sizes().vec().get());
            var own = Losses.known(output, gradient, loss.cost(), n);
            total = total == null ? own : total.add(own);
            objects += loss.objects();
            overlap += loss.overlap();
        }
        var mean = objects == 0 ? 0 : overlap / objects;
        return new Batch(total, List.of(torch.scalar_tensor(new Scalar(mean * n))));
    }
}
