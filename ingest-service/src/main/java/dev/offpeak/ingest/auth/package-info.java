/** Who may send requests, and for which tenant. */
@NullMarked
package dev.offpeak.ingest.auth;

import org.jspecify.annotations.NullMarked;
