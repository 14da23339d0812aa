package dev.offpeak.results.completions.job;

import dev.offpeak.provider.ResultSource;
import java.util.List;

/** The provider says that it does not have a job's results. */
final class ResultsGone extends Exception {

  private static final long serialVersionUID = 1L;

  ResultsGone(List<ResultSource> gone) {
    super("the provider does not have " + gone);
  }
}
