/// Classes that are kinds of one another (Redmon and Farhadi 2017, §4): a terrier is a dog, a dog is an animal.
/// [dev.striate.tree.WordTree] reads the names, [dev.striate.tree.ClassTree] computes with the classes' numbers.
///
/// ```java
/// var words = WordTree.read(Path.of("9k.tree"));
/// var absolute = words.tree().absolute(words.tree().conditional(logits));
/// var found = words.names().get(words.tree().descend(absolute, 0.5));
/// ```
@NullMarked
package dev.striate.tree;

import org.jspecify.annotations.NullMarked;
