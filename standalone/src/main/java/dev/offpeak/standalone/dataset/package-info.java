/** Request lines made from the records of a data set. */
@NullMarked
package dev.offpeak.standalone.dataset;

import org.jspecify.annotations.NullMarked;
