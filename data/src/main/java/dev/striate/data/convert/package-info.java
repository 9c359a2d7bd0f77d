/// Writes data sets as files that other programs read: [dev.striate.data.convert.Conversion].
///
/// ```java
/// Conversion.write(DataSets.open("bccd.zip"), Path.of("bccd-coco"), Format.COCO, PictureCopies.COPY);
/// ```
@NullMarked
package dev.striate.data.convert;

import org.jspecify.annotations.NullMarked;
