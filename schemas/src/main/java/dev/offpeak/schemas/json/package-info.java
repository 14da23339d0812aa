/** JSON that others wrote. */
@NullMarked
package dev.offpeak.schemas.json;

import org.jspecify.annotations.NullMarked;
