package dev.striate.recipe;

/// The loss, and the weight of the auxiliary heads' losses beside the main one's (GoogLeNet: 0.3).
public record Objective(Loss loss, double auxiliaryWeight) {
    public Objective {
        Expect.notNegative("The weight of auxiliary heads", auxiliaryWeight);
    }

    public Objective withLoss(Loss loss) {
        return new Objective(loss, auxiliaryWeight);
    }

    public Objective withAuxiliaryWeight(double auxiliaryWeight) {
        return new Objective(loss, auxiliaryWeight);
    }
}
