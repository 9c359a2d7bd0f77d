package dev.striate.recipe;

import dev.striate.measure.Goal;
import java.util.List;
import java.util.stream.Stream;

/// How the learning rate goes over a run, as a factor of the base rate; [Schedules] computes it.
public sealed interface Schedule {

    record Constant() implements Schedule {}

    /// `factor^⌊step/every⌋`.
    record Step(TrainingLength every, double factor) implements Schedule {
        public Step {
            Expect.positive("The length of a stair", every.amount());
            Expect.positive("The factor of a step schedule", factor);
        }
    }

    /// The product of the factors of all milestones reached.
    record MultiStep(List<Milestone> milestones) implements Schedule {
        public MultiStep {
            milestones = List.copyOf(milestones);
            Expect.that(!milestones.isEmpty(), "A multi-step schedule", "at least one milestone", "none");
        }
    }

    /// A moment from which the rate is multiplied by `factor`.
    record Milestone(TrainingLength at, double factor) {
        public Milestone {
            Expect.positive("The factor of a milestone", factor);
        }
    }

    /// `factor^(step/every)`, with the exponent rounded down when it is a staircase: GoogLeNet's ×0.96 each 8 epochs.
    record Exponential(TrainingLength every, double factor, boolean staircase) implements Schedule {
        public Exponential {
            Expect.positive("The length over which a rate decays", every.amount());
            Expect.positive("The factor of an exponential schedule", factor);
        }
    }

    /// `(1 − step/total)^power`; Darknet's has power 4, and a burn-in that [WarmUp#burnIn] gives.
    record Polynomial(double power) implements Schedule {
        public Polynomial {
            Expect.positive("The power of a polynomial schedule", power);
        }
    }

    /// Half a cosine from 1 down to `floor` (Loshchilov and Hutter 2017, §3, without restarts).
    record Cosine(double floor) implements Schedule {
        public Cosine {
            Expect.probability("The floor of a cosine schedule", floor);
        }
    }

    /// Cosine up from `1/startDivision` to 1 over the `peakShare` of the run, then down to
    /// `1/(startDivision·endDivision)` at the last step (Smith and Topin 2017; PyTorch's two-phase form).
    record OneCycle(double peakShare, double startDivision, double endDivision) implements Schedule {
        public OneCycle {
            Expect.that(peakShare > 0 && peakShare < 1, "The peak of one cycle", "a share in (0, 1)", peakShare);
            Expect.that(startDivision >= 1, "The start of one cycle", "a division of at least 1", startDivision);
            Expect.that(endDivision >= 1, "The end of one cycle", "a division of at least 1", endDivision);
        }
    }

    /// Multiplies by `factor` when more than `patience` validations in a row did not better the best by the relative
    /// `threshold`; [PlateauState] counts. `LOWER` watches the validation loss, `HIGHER` the task's score.
    record Plateau(double factor, int patience, double threshold, Goal goal) implements Schedule {
        public Plateau {
            Expect.that(factor > 0 && factor < 1, "The factor of a plateau", "a number in (0, 1)", factor);
            Expect.notNegative("The patience of a plateau", patience);
            Expect.share("The threshold of a plateau", threshold);
        }
    }

    /// The same factor at each milestone.
    static MultiStep multiStep(double factor, TrainingLength... milestones) {
        return new MultiStep(Stream.of(milestones).map(at -> new Milestone(at, factor)).toList());
    }

    /// ×0.1 after 5 validations in a row whose score is not better by a thousandth.
    static Plateau plateau() {
        return new Plateau(0.1, 5, 1e-3, Goal.HIGHER);
    }

    /// The peak at 30 % of the run, from a 25th and to a 250,000th of it.
    static OneCycle oneCycle() {
        return new OneCycle(0.3, 25, 1e4);
    }
}
