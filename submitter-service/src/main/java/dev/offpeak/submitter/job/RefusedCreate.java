package dev.offpeak.submitter.job;

import dev.offpeak.core.job.Refusal;
import dev.offpeak.core.outcome.FailureCode;
import dev.offpeak.provider.Answer;
import dev.offpeak.provider.InputFile;
import dev.offpeak.provider.ProviderError;

/**
 * What a refused create means. It says nothing against its requests when the provider has not read
 * the input file yet, or has it no longer; in what words it says so nobody knows of every server,
 * but the file tells.
 */
final class RefusedCreate {

  private RefusedCreate() {}

  /** The refusal, or the better one that the answer about the input file gives. */
  static Refusal seenWith(Refusal why, Answer<InputFile> file) {
    return switch (file) {
      case Answer.Ok<InputFile>(InputFile seen) ->
          switch (seen.state()) {
            case PENDING, UPLOADED ->
                Refusal.of(
                    Refusal.Kind.RETRYABLE,
                    FailureCode.FILE_NOT_READY.id(),
                    "the provider is still reading the input file: " + why.message());
            case READY, FAILED -> why;
          };
      case Answer.Failed<InputFile>(ProviderError.Gone _) ->
          Refusal.of(
              Refusal.Kind.GONE,
              FailureCode.FILE_GONE.id(),
              "the provider no longer has the input file: " + why.message());
      case Answer.Failed<InputFile> _ -> why;
    };
  }
}
