package dev.offpeak.operations.keys;

import dev.offpeak.operations.cluster.CommandEnvironment;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code offpeak keys}: the API keys of the gateway. */
@Command(
    name = "keys",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "create|list|revoke",
    description =
        "Make, list and revoke API keys of the gateway. As soon as there is one, nobody is let in"
            + " without.")
public final class KeysCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  private KeysCommand() {}

  /** The command with those below it, started there. */
  public static CommandLine commandLine(CommandEnvironment surroundings) {
    return new CommandLine(new KeysCommand())
        .addSubcommand(new CreateKeyCommand(surroundings))
        .addSubcommand(new ListKeysCommand(surroundings))
        .addSubcommand(new RevokeKeyCommand(surroundings));
  }

  @Override
  public Integer call() {
    throw new ParameterException(
        Objects.requireNonNull(spec, "set by picocli").commandLine(),
        "say what to do: keys create NAME, keys list, or keys revoke NAME");
  }
}
