package dev.offpeak.standalone.command;

import dev.offpeak.standalone.dataset.ChatLines;
import dev.offpeak.standalone.dataset.ChatShape;
import dev.offpeak.standalone.dataset.Template;
import dev.offpeak.standalone.dataset.UnusableRecord;
import dev.offpeak.standalone.input.Inputs;
import dev.offpeak.standalone.input.Line;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code offpeak requests}: a data set in, request lines out. */
@Command(
    name = "requests",
    mixinStandardHelpOptions = true,
    description = "Make the request lines for a run from a data set: JSONL, one object a line.",
    footer = {
      "",
      "Example:",
      "  offpeak requests --from gsm8k.jsonl --model gpt-4o-mini --prompt '{question}' -o"
          + " requests.jsonl"
    })
public final class RequestsCommand implements Callable<Integer> {

  private static final String STANDARD = "-";
  private static final int RECORD_LIMIT = 64 << 20;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--from",
      required = true,
      paramLabel = "FILE",
      description = "The data set, plain or gzip; - reads standard input.")
  private String from = STANDARD;

  @Option(names = "--model", required = true, description = "The model that is asked.")
  private String model = "";

  @Option(
      names = "--prompt",
      required = true,
      paramLabel = "TEMPLATE",
      description = "The user's message; {name} stands for a field of the record.")
  private String prompt = "";

  @Option(names = "--system", paramLabel = "TEMPLATE", description = "A system message.")
  private @Nullable String system;

  @Option(names = "--max-tokens", paramLabel = "N", description = "Longest answer in tokens.")
  private @Nullable Integer maxTokens;

  @Option(
      names = "--id",
      paramLabel = "TEMPLATE",
      description =
          "The custom id, such as '{id}'; default: name of the file and number of the line.")
  private @Nullable String id;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Where the request lines go; default: standard output.")
  private String output = STANDARD;

  @Override
  public Integer call() throws IOException {
    ChatShape shape =
        new ChatShape(model, template(prompt), optional(system), maxTokens, optional(id), prefix());
    try (Inputs records = records();
        ChatLines lines = new ChatLines(shape, output())) {
      for (Line line = records.next(); line != null; line = records.next()) {
        lines.write(line);
      }
      return 0;
    } catch (UnusableRecord e) {
      required(spec).commandLine().getErr().println("offpeak: " + from + ": " + e.getMessage());
      return ExitCode.COULD_NOT_RUN;
    }
  }

  private Inputs records() throws IOException {
    if (from.equals(STANDARD)) {
      return Inputs.of(System.in, RECORD_LIMIT);
    }
    Path file = Path.of(from);
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw usage("--from is '" + from + "'; it must be a file that can be read");
    }
    return Inputs.of(List.of(file), RECORD_LIMIT);
  }

  private OutputStream output() throws IOException {
    if (output.equals(STANDARD)) {
      return new BufferedOutputStream(System.out);
    }
    Path file = Path.of(output);
    if (!from.equals(STANDARD) && Files.exists(file) && Files.isSameFile(file, Path.of(from))) {
      throw usage("--output is '" + output + "', the data set itself; write to another file");
    }
    return new BufferedOutputStream(Files.newOutputStream(file));
  }

  private String prefix() {
    if (from.equals(STANDARD)) {
      return "request";
    }
    String name = String.valueOf(Path.of(from).getFileName());
    int dot = name.indexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  private @Nullable Template optional(@Nullable String source) {
    return source == null ? null : template(source);
  }

  private Template template(String source) {
    try {
      return Template.parse(source);
    } catch (IllegalArgumentException e) {
      throw usage("the template " + e.getMessage());
    }
  }

  private ParameterException usage(String problem) {
    return new ParameterException(required(spec).commandLine(), problem);
  }

  private static CommandSpec required(@Nullable CommandSpec spec) {
    if (spec == null) {
      throw new IllegalStateException("picocli sets this before the call");
    }
    return spec;
  }
}
