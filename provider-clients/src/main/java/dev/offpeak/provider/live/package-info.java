/** What a call that is made at once has used, read on the side while its answer passes by. */
@NullMarked
package dev.offpeak.provider.live;

import org.jspecify.annotations.NullMarked;
