/** Other people's serializers in the place of ours, such as Confluent's. */
@NullMarked
package dev.offpeak.schemas.foreign;

import org.jspecify.annotations.NullMarked;
