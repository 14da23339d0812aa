/** The embedded broker and the services, wired as one node. */
@NullMarked
package dev.offpeak.standalone.node;

import org.jspecify.annotations.NullMarked;
