/** Calls that go through to a provider at once, byte for byte, with the account's key. */
@NullMarked
package dev.offpeak.ingest.proxy;

import org.jspecify.annotations.NullMarked;
