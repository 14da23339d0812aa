package dev.offpeak.operations.replay;

import dev.offpeak.operations.cluster.CommandEnvironment;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code offpeak retry-failures}: requests of llm.failures, executed again. */
@Command(
    name = "retry-failures",
    mixinStandardHelpOptions = true,
    description = "Execute requests again that ended in llm.failures.")
public final class RetryFailuresCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Mixin private final ReplayOptions options;

  @Option(
      names = "--code",
      split = ",",
      paramLabel = "CODE",
      description = "Failures with these codes; default: those that are worth sending again.")
  private Set<String> codes = Set.of();

  /** A command that is started there. */
  public RetryFailuresCommand(CommandEnvironment surroundings) {
    this.options = new ReplayOptions(surroundings);
  }

  @Override
  public Integer call() throws InterruptedException {
    return options.run(
        RetryFailures.source(codes, options.from, options.to),
        Objects.requireNonNull(spec, "set by picocli").commandLine());
  }
}
