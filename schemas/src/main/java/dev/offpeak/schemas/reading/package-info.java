/**
 * The ways in which everybody reads Kafka: a topic to its end and on from there, records at known
 * positions, and the partitions of a group, each by an owner of its own.
 */
@NullMarked
package dev.offpeak.schemas.reading;

import org.jspecify.annotations.NullMarked;
