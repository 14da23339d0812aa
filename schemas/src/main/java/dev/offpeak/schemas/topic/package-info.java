/** The topics of an installation: what they are called, what they must be like, setting them up. */
@NullMarked
package dev.offpeak.schemas.topic;

import org.jspecify.annotations.NullMarked;
