package dev.striate.torch;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// A gradient on its way back, shared by counting: an addition hands one tensor to several branches.
final class Gradient {
    private final Tensor tensor;
    private final boolean exclusive;
    private int owners = 1;

    Gradient(Tensor tensor, boolean exclusive) {
        this.tensor = Tensors.kept(tensor);
        this.exclusive = exclusive;
    }

    Tensor tensor() {
        return tensor;
    }

    boolean overwritable() {
        return exclusive && owners == 1;
    }

    Gradient share() {
        owners++;
        return this;
    }

    void release() {
        if (--owners == 0) tensor.deallocate();
    }

    /// The same in the type of the value that it is the gradient of; this is given up.
    Gradient as(ScalarType type) {
        if (tensor.scalar_type().intern() == type) return this;
        var typed = new Gradient(tensor.to(type), true);
        release();
        return typed;
    }

    /// The sum of this and another gradient, in place where that is allowed; both are given up.
    Gradient plus(Gradient other) {
        if (overwritable()) {
            tensor.add_(other.tensor);
            other.release();
            return this;
        }
        if (other.overwritable()) return other.plus(this);
        var sum = new Gradient(tensor.add(other.tensor), true);
        release();
        other.release();
        return sum;
    }
}
