package dev.striate.json;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Says of a record how it was written before components were added: a text with none of the new ones is read so.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Formerly {
    /// A record of the components that there were.
    Class<? extends Former<?>> value();
}
