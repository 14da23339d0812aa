/** A broker shared by the test classes of a JVM, and readers of its topics. */
@NullMarked
package dev.offpeak.testkit.broker;

import org.jspecify.annotations.NullMarked;
