package dev.offpeak.simulator.run;

import dev.offpeak.simulator.answer.AnswerPlan;
import dev.offpeak.simulator.job.Pace;
import dev.offpeak.simulator.ledger.Ledger;
import dev.offpeak.simulator.time.SimClock;

/**
 * What the jobs of all providers share.
 *
 * @param clock the time they live in
 * @param scheduler who steps them
 * @param ledger where each executed request is entered
 * @param plan how requests are answered
 * @param pace how long a job stays in each state
 * @param seed chooses the order of results
 */
public record Workshop(
    SimClock clock, JobScheduler scheduler, Ledger ledger, AnswerPlan plan, Pace pace, long seed) {}
