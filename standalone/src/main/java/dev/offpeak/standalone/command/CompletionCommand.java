package dev.offpeak.standalone.command;

import java.io.PrintWriter;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code offpeak completion}: what a shell needs to complete commands and options. */
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    description = "Print a script with which a shell completes commands and options.",
    footer = {
      "",
      "bash:  source <(offpeak completion bash)",
      "zsh:   source <(offpeak completion zsh)",
      "fish:  offpeak completion fish > ~/.config/fish/completions/offpeak.fish"
    })
public final class CompletionCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      paramLabel = "bash|zsh|fish",
      description = "Whose script.",
      completionCandidates = Shells.class)
  private String shell = "";

  /** What it can be. */
  static final class Shells implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return List.of("bash", "zsh", "fish").iterator();
    }
  }

  @Override
  public Integer call() {
    if (spec == null) {
      throw new IllegalStateException("picocli sets this before the call");
    }
    CommandLine root = spec.root().commandLine();
    PrintWriter out = spec.commandLine().getOut();
    switch (shell) {
      // The script sees which of the two reads it.
      case "bash", "zsh" -> out.print(AutoComplete.bash("offpeak", root));
      case "fish" -> fish(root, out);
      default ->
          throw new ParameterException(
              spec.commandLine(), "the shell is '" + shell + "'; it must be bash, zsh or fish");
    }
    out.flush();
    return 0;
  }

  private static void fish(CommandLine root, PrintWriter out) {
    out.println("complete -c offpeak -f");
    for (Map.Entry<String, CommandLine> each : root.getSubcommands().entrySet()) {
      String name = each.getKey();
      CommandSpec command = each.getValue().getCommandSpec();
      out.println(
          "complete -c offpeak -n __fish_use_subcommand -a %s -d '%s'"
              .formatted(name, quoted(command.usageMessage().description())));
      String within = "complete -c offpeak -n '__fish_seen_subcommand_from " + name + "'";
      out.println(within + " -F");
      command.options().forEach(option -> out.println(within + option(option)));
      each.getValue()
          .getSubcommands()
          .keySet()
          .forEach(inner -> out.println(within + " -a " + inner));
    }
  }

  private static String option(OptionSpec option) {
    StringBuilder names = new StringBuilder();
    for (String name : option.names()) {
      names.append(name.startsWith("--") ? " -l " : " -s ").append(name.replaceFirst("^-+", ""));
    }
    return names
        + (option.arity().max() > 0 ? " -r" : "")
        + " -d '"
        + quoted(option.description())
        + "'";
  }

  private static String quoted(String[] description) {
    return String.join(" ", description).replace("\\", "\\\\").replace("'", "\\'");
  }
}
