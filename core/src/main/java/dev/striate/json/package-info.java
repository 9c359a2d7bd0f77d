/// Values as JSON text: [dev.striate.json.Json] writes and reads records, and sealed types by the simple name of
/// their case.
@NullMarked
package dev.striate.json;

import org.jspecify.annotations.NullMarked;
