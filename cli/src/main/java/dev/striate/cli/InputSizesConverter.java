package dev.striate.cli;

import dev.striate.StriateException;
import dev.striate.recipe.InputSizes;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;

/// Sizes of input as in `320-608` or `320-608:32`, drawn as often as the paper does, or `off`.
final class InputSizesConverter implements ITypeConverter<InputSizes> {
    private static final Pattern RANGE = Pattern.compile("(\\d{1,5})-(\\d{1,5})(?::(\\d{1,5}))?");

    @Override
    public InputSizes convert(String text) {
        if (text.equals("off")) return new InputSizes.Own();
        var range = RANGE.matcher(text);
        if (!range.matches()) {
            throw new StriateException("Expected sides as in 320-608 or 320-608:32, or off; received '" + text + "'.");
        }
        var paper = InputSizes.random();
        var step = range.group(3) == null ? paper.step() : Integer.parseInt(range.group(3));
        return new InputSizes.Random(Integer.parseInt(range.group(1)), Integer.parseInt(range.group(2)), step,
                paper.every());
    }
}
