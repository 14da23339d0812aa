package dev.offpeak.standalone.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.core.outcome.FailureCode;
import dev.offpeak.core.outcome.FailureKind;
import dev.offpeak.testkit.docs.GeneratedPart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/failure-codes.md is made from {@link FailureCode}, and there are no other codes of ours. */
class FailureCodesPageTest {

  private static final Path PAGE = Path.of("../docs/failure-codes.md");

  /** Modules whose codes can come into llm.failures. */
  private static Stream<String> modules() {
    return Stream.of(
        "core",
        "schemas",
        "provider-clients",
        "batcher-streams",
        "submitter-service",
        "results-service");
  }

  /** Where a code is made, with the code as it stands there. */
  private static final Pattern MADE =
      Pattern.compile(
          "(?:new Problem\\(|new ProviderError\\.\\w+\\("
              + "|new (?:ProviderError\\.)?(?:Retryable|Ambiguous|Rejected|Gone|AccountProblem)\\("
              + "|new (?:\\w+\\.)?TurnedDown\\(|new (?:\\w+\\.)?InDoubt\\(|new AnswerRefused\\()"
              + "\\s*\"([a-z_]+)\"");

  private static final Pattern WORD_OF_JOBS =
      Pattern.compile("(?m)^\\| `([a-z_]+)` \\| [^|]* \\|$");

  @Test
  void theTablesAreTheCodes() throws IOException {
    GeneratedPart.check(
        "failure-codes.md",
        Stream.of(FailureKind.values())
            .map(FailureCodesPageTest::section)
            .collect(Collectors.joining()));
  }

  @Test
  void noCodeIsMadeOfALiteralButWordsThatOnlyJobsShow() throws IOException {
    Set<String> words =
        WORD_OF_JOBS
            .matcher(Files.readString(PAGE))
            .results()
            .map(word -> word.group(1))
            .collect(Collectors.toSet());

    List<Source> sources = modules().flatMap(FailureCodesPageTest::sources).toList();

    assertThat(sources)
        .as(
            "codes that are made of literals belong into FailureCode or, when they can't reach"
                + " llm.failures, into the last table of docs/failure-codes.md")
        .allSatisfy(
            source ->
                assertThat(MADE.matcher(source.text()).results().map(made -> made.group(1)))
                    .isSubsetOf(words));
    assertThat(words)
        .as("words of the last table that stand in the code")
        .isNotEmpty()
        .allSatisfy(
            word ->
                assertThat(sources).anyMatch(source -> source.text().contains("\"" + word + "\"")));
  }

  private static Stream<Source> sources(String module) {
    return Source.below(Path.of("..", module, "src", "main", "java"), ".java");
  }

  private static String section(FailureKind kind) {
    return """
    ## Kind `%s`

    | code | what has happened | usual cause | what to do | `retryable` | may be billed |
    | --- | --- | --- | --- | --- | --- |
    %s
    """
        .formatted(
            kind.name().toLowerCase(Locale.ROOT),
            Stream.of(FailureCode.values())
                .filter(code -> code.kind() == kind)
                .map(FailureCodesPageTest::row)
                .collect(Collectors.joining("\n", "", "\n")));
  }

  private static String row(FailureCode code) {
    return "| `%s` | %s | %s | %s | %s | %s |"
        .formatted(
            code.id(),
            code.meaning(),
            code.cause(),
            code.remedy(),
            code.isRetryable() ? "yes" : "no",
            code.mayBePaid() ? "yes" : "no");
  }
}
