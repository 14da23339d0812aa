/** Every place where a process can be killed and every call that can go wrong, at each provider. */
@NullMarked
package dev.offpeak.system.matrix;

import org.jspecify.annotations.NullMarked;
