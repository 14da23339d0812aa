package dev.offpeak.standalone.run;

import dev.offpeak.standalone.node.Destination;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one run is asked to do.
 *
 * @param inputs files of request lines, in this order
 * @param results where outcomes are written; - is standard output
 * @param failures where failures are written, or null for the same file
 * @param destination who executes the requests
 * @param asking what all lines ask for besides
 * @param deadlines when the answers are needed
 * @param folder where the run keeps its state
 * @param again forget an earlier run of the same inputs, and pay again
 * @param cancel cancel what is still running at the provider, then collect what there is
 * @param names what a person calls the inputs
 * @param limits how far it goes
 * @param keepFiles leave at the provider what the run has made there
 */
public record RunOptions(
    List<Path> inputs,
    Path results,
    @Nullable Path failures,
    Destination destination,
    Asking asking,
    Deadlines deadlines,
    Path folder,
    boolean again,
    boolean cancel,
    List<String> names,
    RunLimits limits,
    boolean keepFiles) {

  public RunOptions {
    inputs = List.copyOf(inputs);
    names = List.copyOf(names);
  }

  /** Files that are called by their paths, within the usual limits. */
  public RunOptions(
      List<Path> inputs,
      Path results,
      @Nullable Path failures,
      Destination destination,
      Asking asking,
      Deadlines deadlines,
      Path folder,
      boolean again,
      boolean cancel) {
    this(
        inputs,
        results,
        failures,
        destination,
        asking,
        deadlines,
        folder,
        again,
        cancel,
        inputs.stream().map(Path::toString).toList(),
        RunLimits.DEFAULT,
        false);
  }

  /** The files of outcomes, as asked for. */
  public List<Path> outputs() {
    return failures == null ? List.of(results) : List.of(results, failures);
  }
}
