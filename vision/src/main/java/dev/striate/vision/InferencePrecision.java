package dev.striate.vision;

import dev.striate.StriateException;
import dev.striate.json.Json;
import dev.striate.plan.Numbers;
import dev.striate.plan.Quantisation;
import dev.striate.weights.ModelFile;

/// The numbers that somebody wants a model to run in on the CPU. `AUTO` is what the model's file says, float32 where that
/// says nothing: no answer changes unasked.
public enum InferencePrecision {
    AUTO, FLOAT32, BF16, INT8;

    private static final String MARK = "bf16";

    /// What a model then runs in; refuses int8 for a model without ranges.
    public Numbers of(ModelFile file) {
        return switch (this) {
            case AUTO -> said(file);
            case FLOAT32 -> Numbers.Real.FLOAT32;
            case BF16 -> Numbers.Real.BF16;
            case INT8 -> {
                if (said(file) instanceof Quantisation quantisation) yield quantisation;
                throw new StriateException("int8 expects a model that `quantise` has found the ranges of; the file of "
                        + file.network().name() + " has none.");
            }
        };
    }

    private static Numbers said(ModelFile file) {
        return file.quantisation().map(text -> text.equals(MARK) ? Numbers.Real.BF16
                : Json.read(text, Quantisation.class, "the model's quantisation")).orElse(Numbers.Real.FLOAT32);
    }

    /// The same model, whose file says that it runs in such numbers.
    public static ModelFile marked(ModelFile file, Numbers numbers) {
        return file.withQuantisation(switch (numbers) {
            case Numbers.Real.FLOAT32 -> throw new IllegalArgumentException("float32 needs no mark");
            case Numbers.Real.BF16 -> MARK;
            case Quantisation quantisation -> Json.write(quantisation, Quantisation.class);
        });
    }
}
