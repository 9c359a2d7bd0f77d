package dev.striate.cli;

import dev.striate.StriateException;
import dev.striate.graph.Shape;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;

/// `3x224x224` (or with `×`) as a shape: channels, height, width.
final class ShapeConverter implements ITypeConverter<Shape> {
    private static final Pattern SHAPE = Pattern.compile("(\\d{1,6})[x×](\\d{1,6})[x×](\\d{1,6})");

    @Override
    public Shape convert(String text) {
        var match = SHAPE.matcher(text);
        if (!match.matches()) {
            throw new StriateException("Expected channels x height x width, as in 3x224x224; received '" + text + "'.");
        }
        return new Shape(Integer.parseInt(match.group(1)), Integer.parseInt(match.group(2)),
                Integer.parseInt(match.group(3)));
    }
}
