package dev.striate.json;

import static com.fasterxml.jackson.annotation.JsonTypeInfo.As.WRAPPER_OBJECT;
import static com.fasterxml.jackson.annotation.JsonTypeInfo.Id.NAME;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.jsontype.NamedType;

/// Gives every sealed interface the form `{"Case": {…}}`: the compiler's list of permitted cases is the registry, so
/// a text can name no class outside it.
final class SealedNames extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1;

    @Override
    public JsonTypeInfo.@Nullable Value findPolymorphicTypeInfo(MapperConfig<?> config, Annotated annotated) {
        if (!isFamily(annotated.getRawType())) return super.findPolymorphicTypeInfo(config, annotated);
        return JsonTypeInfo.Value.construct(NAME, WRAPPER_OBJECT, "", null, false, true, null);
    }

    @Override
    public @Nullable List<NamedType> findSubtypes(MapperConfig<?> config, Annotated annotated) {
        if (!isFamily(annotated.getRawType())) return super.findSubtypes(config, annotated);
        var cases = new ArrayList<NamedType>();
        collect(annotated.getRawType(), cases);
        return cases;
    }

    private static void collect(Class<?> family, List<NamedType> cases) {
        for (var permitted : family.getPermittedSubclasses()) {
            if (isFamily(permitted)) collect(permitted, cases);
            else cases.add(new NamedType(permitted, permitted.getSimpleName()));
        }
    }

    private static boolean isFamily(Class<?> type) {
        return type.isInterface() && type.isSealed();
    }
}
