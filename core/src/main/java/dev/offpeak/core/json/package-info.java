/** JSON as bytes: what can be done to a body without parsing it. */
@NullMarked
package dev.offpeak.core.json;

import org.jspecify.annotations.NullMarked;
