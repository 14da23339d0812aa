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
 * @param geminiModel the model of Gemini lines that name none, or null
 * @param deadlines when the answers are needed
 * @param folder where the run keeps its state
 * @param again forget an earlier run of the same inputs, and pay again
 * @param cancel cancel what is still running at the provider, then collect what there is
 */
public record RunOptions(
    List<Path> inputs,
    Path results,
    @Nullable Path failures,
    Destination destination,
    @Nullable String geminiModel,
    Deadlines deadlines,
    Path folder,
    boolean again,
    boolean cancel) {

  public RunOptions {
    inputs = List.copyOf(inputs);
  }
}
