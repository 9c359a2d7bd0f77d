/// Plain text for people: tables, wrapped sentences, the first few of many names.
///
/// ```java
/// var table = new TextTable("class", "pictures").row("cats", 1200L).row("dogs", 800L);
/// ```
@NullMarked
package dev.striate.text;

import org.jspecify.annotations.NullMarked;
