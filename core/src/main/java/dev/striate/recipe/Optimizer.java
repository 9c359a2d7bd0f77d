package dev.striate.recipe;

import dev.striate.StriateException;
import java.util.ArrayList;
import java.util.List;

/// The rule that turns a gradient g into a step of the weights w at learning rate η.
///
/// Updates are synchronous; GoogLeNet's asynchronous ones (Szegedy et al. 2014, §6) are history.
/// With [WeightDecay], `Sgd`, `RmsProp` and `Adam` add λw to the gradient (L2); `AdamW` scales w by 1 − ηλ instead.
public sealed interface Optimizer {

    /// `v ← μv + (1 − dampening)·g`, `w ← w − ηv`; the first v is g itself; Nesterov steps by `g + μv`.
    record Sgd(double momentum, boolean nesterov, double dampening) implements Optimizer {
        public Sgd {
            Expect.share("The momentum of SGD", momentum);
            Expect.probability("The dampening of SGD", dampening);
            if (nesterov && (momentum == 0 || dampening != 0)) {
                throw new StriateException("Nesterov's SGD expects a momentum above 0 and a dampening of 0; received "
                        + momentum + " and " + dampening + ".");
            }
        }
    }

    /// `s ← αs + (1 − α)g²`, then `w ← w − η·g/(√s + ε)`; with a momentum μ, `b ← μb + g/(√s + ε)` and `w ← w − ηb`;
    /// centred, the square of a running mean of g is taken off s before the root (Hinton's lecture 6; Graves 2013).
    record RmsProp(double smoothing, double epsilon, double momentum, boolean centred) implements Optimizer {
        public RmsProp {
            Expect.share("The smoothing of RMSProp", smoothing);
            Expect.positive("The epsilon of RMSProp", epsilon);
            Expect.share("The momentum of RMSProp", momentum);
        }
    }

    /// `m ← β₁m + (1 − β₁)g`, `v ← β₂v + (1 − β₂)g²`, `w ← w − η·m̂/(√v̂ + ε)`, both corrected for their start at 0
    /// (Kingma and Ba 2015, algorithm 1).
    record Adam(double beta1, double beta2, double epsilon) implements Optimizer {
        public Adam {
            Expect.share("The first beta of Adam", beta1);
            Expect.share("The second beta of Adam", beta2);
            Expect.positive("The epsilon of Adam", epsilon);
        }
    }

    /// [Adam] with weight decay decoupled from the gradient (Loshchilov and Hutter 2019, algorithm 2).
    record AdamW(double beta1, double beta2, double epsilon) implements Optimizer {
        public AdamW {
            Expect.share("The first beta of AdamW", beta1);
            Expect.share("The second beta of AdamW", beta2);
            Expect.positive("The epsilon of AdamW", epsilon);
        }
    }

    /// The names of what it keeps for each weight from step to step.
    default List<String> states() {
        return switch (this) {
            case Sgd sgd -> sgd.momentum == 0 ? List.of() : List.of("momentum");
            case RmsProp rms -> {
                var states = new ArrayList<>(List.of("square"));
                if (rms.momentum > 0) states.add("momentum");
                if (rms.centred) states.add("mean");
                yield states;
            }
            case Adam _,AdamW _ -> List.of("mean", "square");
        };
    }

    /// SGD with momentum, undampened.
    static Sgd sgd(double momentum) {
        return new Sgd(momentum, false, 0);
    }

    static Sgd nesterov(double momentum) {
        return new Sgd(momentum, true, 0);
    }

    /// Adam with β 0.9 and 0.999 and ε 1e-8.
    static Adam adam() {
        return new Adam(0.9, 0.999, 1e-8);
    }

    /// AdamW with β 0.9 and 0.999 and ε 1e-8.
    static AdamW adamW() {
        return new AdamW(0.9, 0.999, 1e-8);
    }
}
