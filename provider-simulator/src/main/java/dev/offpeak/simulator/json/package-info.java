/** JSON and YAML: small answers, and rules that change defaults. */
@NullMarked
package dev.offpeak.simulator.json;

import org.jspecify.annotations.NullMarked;
