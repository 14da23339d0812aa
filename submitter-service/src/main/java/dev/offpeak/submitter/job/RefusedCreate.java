package dev.offpeak.submitter.job;

import dev.offpeak.core.outcome.FailureCode;
import dev.offpeak.core.provider.InputFile;
import dev.offpeak.core.provider.ProviderError;
import dev.offpeak.provider.Answer;

/**
 * What a refused create means. It says nothing against its requests when the provider has not read
 * the input file yet, or has it no longer; in what words it says so nobody knows of every server,
 * but the file tells.
 */
final class RefusedCreate {

  private RefusedCreate() {}

  /** The error, or the better one that the answer about the input file gives. */
  static ProviderError seenWith(ProviderError why, Answer<InputFile> file) {
    return switch (file) {
      case Answer.Ok<InputFile>(InputFile seen) ->
          switch (seen.state()) {
            case PENDING, UPLOADED ->
                new ProviderError.Retryable(
                    FailureCode.FILE_NOT_READY.id(),
                    "the provider is still reading the input file: " + why.message());
            case READY, FAILED -> why;
          };
      case Answer.Failed<InputFile>(ProviderError.Gone _) ->
          new ProviderError.Gone(
              FailureCode.FILE_GONE.id(),
              "the provider no longer has the input file: " + why.message());
      case Answer.Failed<InputFile> _ -> why;
    };
  }
}
