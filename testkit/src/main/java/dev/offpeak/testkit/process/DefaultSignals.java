package dev.offpeak.testkit.process;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Starts a process that can be interrupted. What a shell starts in the background ignores SIGINT,
 * and so do its children, and theirs: a Java process among them never hears of a Ctrl-C. Java can't
 * give it the default back, but one of some small programs that are nearly everywhere can.
 */
public final class DefaultSignals {

  private static final List<List<String>> PROGRAMS =
      List.of(
          List.of("env", "--default-signal=INT"),
          List.of("perl", "-e", "$SIG{INT} = 'DEFAULT'; exec { $ARGV[0] } @ARGV or die $!"),
          List.of(
              "python3",
              "-c",
              "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL);"
                  + " os.execvp(sys.argv[1], sys.argv[1:])"));

  private DefaultSignals() {}

  /**
   * The command with the default for SIGINT, in the same process.
   *
   * @return empty on a machine that has none of the programs
   */
  public static Optional<List<String>> of(List<String> command) throws InterruptedException {
    for (List<String> program : PROGRAMS) {
      if (works(with(program, List.of("true")))) {
        return Optional.of(with(program, command));
      }
    }
    return Optional.empty();
  }

  private static List<String> with(List<String> program, List<String> command) {
    List<String> whole = new ArrayList<>(program);
    whole.addAll(command);
    return whole;
  }

  private static boolean works(List<String> command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
