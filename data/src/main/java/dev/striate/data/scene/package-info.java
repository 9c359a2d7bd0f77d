/// Scenes: pictures that Striate draws itself, of several shapes on textured grounds, with what is in them: boxes and
/// masks that are right by construction.
///
/// Start with [dev.striate.data.scene.Scenes].
///
/// ```java
/// var picture = Scenes.USUAL.picture(RandomStream.of(7), 0);
/// var objects = Scenes.USUAL.objects(RandomStream.of(7), 0);
/// ```
@NullMarked
package dev.striate.data.scene;

import org.jspecify.annotations.NullMarked;
