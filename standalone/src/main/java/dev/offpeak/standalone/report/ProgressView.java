package dev.offpeak.standalone.report;

import java.time.Instant;

/** Shows where a run stands. */
public interface ProgressView {

  /** Shows it, unless that was shown already or lately. */
  void show(Progress progress, Instant now);

  /** Nothing more will be shown. */
  void done();
}
