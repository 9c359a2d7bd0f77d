package dev.striate.json;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.ValueDeserializerModifier;
import tools.jackson.databind.deser.std.DelegatingDeserializer;
import tools.jackson.databind.module.SimpleModule;

/// Reads records that are marked [Formerly] from texts of both forms.
final class FormerReading extends DelegatingDeserializer {
    private static final long serialVersionUID = 1;

    private final Class<? extends Former<?>> former;
    private final Set<String> added;

    private FormerReading(ValueDeserializer<?> today, Class<? extends Former<?>> former) {
        super(today);
        this.former = former;
        added = new HashSet<>(components(today.handledType()));
        added.removeAll(components(former));
    }

    /// What makes a mapper read so.
    static SimpleModule module() {
        return new SimpleModule("former").setDeserializerModifier(new Modifier());
    }

    private static final class Modifier extends ValueDeserializerModifier {
        private static final long serialVersionUID = 1;

        @Override
        public ValueDeserializer<?> modifyDeserializer(DeserializationConfig config, BeanDescription.Supplier type,
                ValueDeserializer<?> today) {
            var mark = type.getBeanClass().getAnnotation(Formerly.class);
            return mark == null ? today : new FormerReading(today, mark.value());
        }
    }

    private static Set<String> components(Class<?> type) {
        return Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName).collect(Collectors.toSet());
    }

    @Override
    protected ValueDeserializer<?> newDelegatingInstance(ValueDeserializer<?> today) {
        return new FormerReading(today, former);
    }

    @Override
    public Object deserialize(JsonParser parser, DeserializationContext context) {
        JsonNode tree = context.readTree(parser);
        if (tree.isObject() && added.stream().noneMatch(tree::has)) {
            return context.readTreeAsValue(tree, former).now();
        }
        try (var again = context.treeAsTokens(tree)) {
            again.nextToken();
            return _delegatee.deserialize(again, context);
        }
    }
}
