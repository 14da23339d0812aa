package dev.offpeak.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class OffpeakMainTest {

  @TempDir Path folder;

  private final StringWriter said = new StringWriter();
  private Path input;

  @BeforeEach
  void writeInput() throws IOException {
    input = Files.writeString(folder.resolve("in.jsonl"), "{}\n");
  }

  @Test
  void aRunWithoutAnOutputIsWrongUsage() {
    assertThat(offpeak("run", input.toString())).isEqualTo(2);
    assertThat(said.toString()).contains("--output").contains("offpeak run --help");
  }

  @Test
  void anInputThatIsNotThereIsNamed() {
    assertThat(offpeak("run", "missing.jsonl", "-o", out())).isEqualTo(2);
    assertThat(said.toString()).contains("missing.jsonl: there is no such file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh", "fish"})
  void aShellGetsItsCompletion(String shell) {
    StringWriter script = new StringWriter();
    CommandLine offpeak = OffpeakMain.commandLine().setOut(new PrintWriter(script));

    assertThat(offpeak.execute("completion", shell)).isZero();
    assertThat(script.toString())
        .contains("offpeak")
        .contains("retry-failures")
        .contains("line-limit");
  }

  @Test
  void everyUsageLineBeginsWithOffpeak() {
    usages(OffpeakMain.commandLine())
        .forEach(usage -> assertThat(usage).startsWith("Usage: offpeak"));
  }

  @Test
  void providersThatTakeTheSameLinesAreNotNamedTogether() {
    String both = "openai,azure-openai";

    assertThat(offpeak("run", input.toString(), "-o", out(), "--provider", both)).isEqualTo(2);
    assertThat(said.toString()).contains("take the same lines").contains(both);
  }

  @Test
  void everyProviderIsNamedByTheHelpAndByWhoNamesAnother() {
    assertThat(offpeak("run", input.toString(), "-o", out(), "--provider", "opnai")).isEqualTo(2);
    assertThat(said.toString()).contains("azure-openai").contains("openai-compatible");
    assertThat(usages(OffpeakMain.commandLine()))
        .anySatisfy(
            usage -> assertThat(usage).contains("azure-openai").contains("openai-compatible"));
  }

  private static Stream<String> usages(CommandLine command) {
    return Stream.concat(
        Stream.of(command.getUsageMessage(CommandLine.Help.Ansi.OFF)),
        command.getSubcommands().values().stream().flatMap(OffpeakMainTest::usages));
  }

  @Test
  void anInputIsNeverWrittenOver() throws IOException {
    assertThat(offpeak("run", input.toString(), "-o", input.toString())).isEqualTo(2);
    assertThat(said.toString()).contains("is an input");
    assertThat(input).hasContent("{}\n");
  }

  @Test
  void oneFileForOutcomesAndFailuresIsSaidByLeavingOneOut() {
    assertThat(offpeak("run", input.toString(), "-o", out(), "--failures", out())).isEqualTo(2);
    assertThat(said.toString()).contains("--failures");
  }

  @Test
  void anotherAddressNeedsAProvider() {
    assertThat(offpeak("run", input.toString(), "-o", out(), "--base-url", "http://localhost"))
        .isEqualTo(2);
    assertThat(said.toString()).contains("--provider");
  }

  @Test
  void aProviderThatThereIsNotIsNamedWithThoseThatThereAre() {
    assertThat(offpeak("run", input.toString(), "-o", out(), "--provider", "opneai")).isEqualTo(2);
    assertThat(said.toString()).contains("opneai").contains("openai, anthropic, gemini");
  }

  @Test
  void whatDestinationsDoNotGoTogetherIsSaid() {
    assertThat(run("--provider", "openai,simulator")).isEqualTo(2);
    assertThat(run("--provider", "openai,gemini", "--base-url", "http://localhost")).isEqualTo(2);
    assertThat(run("--provider", "openai", "--simulator", "run=1s")).isEqualTo(2);
    assertThat(said.toString())
        .contains("it stands alone")
        .contains("openai,gemini")
        .contains("--simulator needs");
  }

  @Test
  void aCommandThatThereIsNotIsWrongUsage() {
    assertThat(offpeak("rum")).isEqualTo(2);
    assertThat(said.toString()).contains("rum").contains("offpeak --help");
  }

  @Test
  void aCancelMustSayWhatAndOnlyOneThing() {
    assertThat(offpeak("cancel")).isEqualTo(2);
    assertThat(offpeak("cancel", "--all", "--batch", "b")).isEqualTo(2);
    assertThat(offpeak("cancel", "--batch", "b", "--custom-id", "c")).isEqualTo(2);
    assertThat(offpeak("cancel", "--all", "--tenant", "t")).isEqualTo(2);
    assertThat(said.toString()).contains("--batch").contains("mutually exclusive");
  }

  @Test
  void whatNoServiceCancelsCanNotBeAskedFor() {
    assertThat(offpeak("pause", "--batch", "b", "--account", "a")).isEqualTo(2);
    assertThat(offpeak("flush", "--batch", "b")).isEqualTo(2);
    assertThat(said.toString()).contains("pause").contains("flush").contains("--batch");
  }

  @Test
  void aCancelOfAnEmptyIdOrTenantIsRefused() {
    assertThat(offpeak("cancel", "--custom-id", "")).isEqualTo(2);
    assertThat(offpeak("cancel", "--custom-id", "c", "--tenant", "")).isEqualTo(2);
    assertThat(said.toString()).contains("--custom-id is empty").contains("--tenant is empty");
  }

  @Test
  void adoptingMustSayWhichJobOfTheProviderAndBothWhichBatch() {
    assertThat(offpeak("jobs", "adopt", "b")).isEqualTo(2);
    assertThat(offpeak("jobs", "adopt", "--job", "j")).isEqualTo(2);
    assertThat(offpeak("jobs", "discard")).isEqualTo(2);
    assertThat(said.toString()).contains("--job").contains("BATCH").contains("jobs adopt --help");
  }

  @Test
  void allThatIsMissingToFindAnInstallationIsSaidWithoutATrace() {
    assertThat(offpeak("audit", "--config", folder.resolve("none.yaml").toString())).isEqualTo(2);
    assertThat(offpeak("jobs", "--bootstrap-servers", "localhost:9092")).isEqualTo(2);
    assertThat(said.toString())
        .contains("there is no such file")
        .contains("--registry")
        .doesNotContain("\tat ");
  }

  private String out() {
    return folder.resolve("out").toString();
  }

  private int run(String... options) {
    List<String> arguments = new ArrayList<>(List.of("run", input.toString(), "-o", out()));
    arguments.addAll(List.of(options));
    return offpeak(arguments.toArray(String[]::new));
  }

  private int offpeak(String... arguments) {
    CommandLine commandLine = OffpeakMain.commandLine();
    hear(commandLine);
    return commandLine.execute(arguments);
  }

  private void hear(CommandLine commandLine) {
    commandLine.setErr(new PrintWriter(said, true));
    commandLine.getSubcommands().values().forEach(this::hear);
  }
}
