package dev.offpeak.simulator.run;

import java.io.IOException;

/** A job as the scheduler sees it: something that can take a bounded step and say when to go on. */
@FunctionalInterface
public interface JobTask {
  /** Returned by {@link #step} when the job has ended. */
  long ENDED = Long.MAX_VALUE;

  /**
   * Takes one step of the job. Never called twice at the same time for one job.
   *
   * @return the simulated time in milliseconds of the next step; a past time means at once; {@link
   *     #ENDED} when there is none
   */
  long step(String jobId) throws IOException;
}
