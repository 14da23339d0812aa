package dev.offpeak.submitter.job;

import dev.offpeak.core.control.ControlState;
import dev.offpeak.core.wait.Sleeper;
import dev.offpeak.runtime.failpoint.FailpointListener;
import dev.offpeak.submitter.account.AccountBook;
import dev.offpeak.submitter.batch.BatchReader;
import dev.offpeak.submitter.batch.JobNames;
import dev.offpeak.submitter.failpoint.Failpoint;
import dev.offpeak.submitter.ledger.UnprocessableRecords;
import dev.offpeak.submitter.metric.SubmitterMeters;
import dev.offpeak.submitter.payload.LanePayloads;
import java.time.Clock;
import java.util.random.RandomGenerator;

/**
 * What all jobs of a process work with.
 *
 * @param random for jitter; safe for use by several threads
 */
public record JobDependencies(
    Clock clock,
    Sleeper sleeper,
    RandomGenerator random,
    AccountBook accounts,
    BatchReader batches,
    LanePayloads payloads,
    JobNames names,
    JobSettings numbers,
    ControlState control,
    SubmitterMeters meters,
    UnprocessableRecords unprocessable,
    FailpointListener<Failpoint> halt) {}
