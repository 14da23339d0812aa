package dev.offpeak.system.world;

import dev.offpeak.batcher.BatcherMain;
import dev.offpeak.ingest.IngestMain;
import dev.offpeak.results.ResultsMain;
import dev.offpeak.submitter.SubmitterMain;
import java.util.Locale;

/** The services, each with its own main. */
public enum Kind {
  INGEST(IngestMain.class),
  BATCHER(BatcherMain.class),
  SUBMITTER(SubmitterMain.class),
  RESULTS(ResultsMain.class);

  private final Class<?> main;

  Kind(Class<?> main) {
    this.main = main;
  }

  String main() {
    return main.getName();
  }

  /** Such as {@code submitter}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
