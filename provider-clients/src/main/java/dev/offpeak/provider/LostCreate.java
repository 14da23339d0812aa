package dev.offpeak.provider;

import java.time.Duration;

/**
 * What can be done about a create whose answer was lost: how far its job can be found again, and
 * how a create that is still on its way can be kept from costing anything.
 *
 * @param recognition how surely {@link BatchProvider#findJobs} tells our job from others
 * @param burnable whether a create that arrives after its input file was deleted runs nothing
 * @param settling how long a job that was made may be missing from lists and answer 404: before
 *     that time is over not to find it proves nothing
 */
public record LostCreate(Recognition recognition, boolean burnable, Duration settling) {

  /** How a job is told from others. */
  public enum Recognition {
    /** By our marker or its input file: each job found is ours. */
    BY_MARKER,
    /**
     * Only by when it was made and how many requests it has: what is found are candidates, and the
     * custom ids in its results prove a match. So at most one create may be under way in an
     * account.
     */
    BY_TIME_AND_COUNT
  }
}
