package dev.offpeak.submitter.job;

import dev.offpeak.core.job.Moment;
import dev.offpeak.core.provider.ProviderError;
import dev.offpeak.provider.Answer;
import dev.offpeak.submitter.account.AccountGate;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.Supplier;

/** Calls of one job to its account, which wait while the account can't be used. */
final class AccountCalls {

  private final AccountGate gate;
  private final JobSignal signal;
  private final Supplier<Moment> moment;

  AccountCalls(AccountGate gate, JobSignal signal, Supplier<Moment> moment) {
    this.gate = gate;
    this.signal = signal;
    this.moment = moment;
  }

  /**
   * Waits until the account may be called.
   *
   * @param submits whether something new is brought to the provider; such a call is not waited for
   *     when the batch is to be cancelled
   */
  void await(boolean submits) throws InterruptedException {
    Moment at = moment.get();
    Instant until = gate.heldUntil(submits, at);
    while (until != null && !(submits && at.cancelWanted())) {
      signal.await(Duration.between(at.now(), until));
      at = moment.get();
      until = gate.heldUntil(submits, at);
    }
  }

  /**
   * Makes a small call once the account may be called.
   *
   * @return what {@code good} or {@code bad} makes of the answer
   */
  <T, R> R small(Supplier<Answer<T>> call, Function<T, R> good, Function<ProviderError, R> bad)
      throws InterruptedException {
    await(false);
    return settle(gate.call(call), good, bad);
  }

  /** The value of an answer, or what is made of its failure. */
  <T, R> R settle(Answer<T> answer, Function<T, R> good, Function<ProviderError, R> bad) {
    return switch (answer) {
      case Answer.Ok<T>(T value) -> {
        gate.passed();
        yield good.apply(value);
      }
      case Answer.Failed<T>(ProviderError error) -> {
        if (error instanceof ProviderError.AccountProblem) {
          gate.refused(error, moment.get());
        }
        yield bad.apply(error);
      }
    };
  }
}
