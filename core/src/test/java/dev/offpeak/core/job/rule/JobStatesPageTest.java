package dev.offpeak.core.job.rule;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.core.job.JobMove;
import dev.offpeak.core.job.JobState;
import dev.offpeak.core.provider.CreateRecovery;
import dev.offpeak.core.provider.CreateRecovery.SearchKey;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/job-states.md is made from the moves of a job and from what leads to each. */
class JobStatesPageTest {

  private static final Path PAGE = Path.of("../docs/job-states.md");

  /** A file whose create can be prevented, one whose can't, and none at all. */
  private static final Map<JobMove, SortedMap<String, Set<Kind>>> TAKEN =
      JobWalk.everywhere(
          new CreateRecovery(true, true, SearchKey.MARKER, Duration.ZERO),
          new CreateRecovery(true, false, SearchKey.MARKER, Duration.ZERO),
          new CreateRecovery(false, false, SearchKey.TIME_AND_COUNT, Duration.ZERO));

  @Test
  void everyMoveIsMadeByTheRules() {
    assertThat(TAKEN.keySet()).containsExactlyInAnyOrder(JobMove.values());
  }

  @Test
  void noTwoMovesAreBetweenTheSameStates() {
    assertThat(JobMove.values())
        .extracting(move -> List.of(move.from(), move.to()))
        .doesNotHaveDuplicates();
  }

  @Test
  void thePageShowsWhatTheRulesDo() throws IOException {
    String page = Files.readString(PAGE);

    assertThat(page.substring(page.indexOf("## The picture")))
        .as("docs/job-states.md from its picture on; replace it by what is expected here")
        .isEqualTo(generated());
  }

  static String generated() {
    return """
    ## The picture

    ```mermaid
    stateDiagram-v2
        [*] --> Sealed
    %s
        Ended --> [*]
    ```

    ## The states

    | state | carries, besides its try, since when, and its problem |
    | --- | --- |
    %s

    ## The moves

    | move | from | to | when | what leads to it |
    | --- | --- | --- | --- | --- |
    %s
    """
        .formatted(
            Stream.of(JobMove.values())
                .map(m -> "    " + name(m.from()) + " --> " + name(m.to()) + ": " + m.name())
                .collect(joining("\n")),
            Stream.of(JobState.class.getPermittedSubclasses())
                .map(state -> "| %s | %s |".formatted(name(state), carries(state)))
                .collect(joining("\n")),
            Stream.of(JobMove.values()).map(JobStatesPageTest::row).collect(joining("\n")));
  }

  private static String row(JobMove move) {
    return "| `%s` | %s | %s | %s | %s |"
        .formatted(
            move.name(),
            name(move.from()),
            name(move.to()),
            move.when(),
            TAKEN.getOrDefault(move, new TreeMap<>()).entrySet().stream()
                .map(cause -> cause.getKey() + kinds(cause.getValue()))
                .collect(joining("<br>")));
  }

  private static String kinds(Set<Kind> kinds) {
    if (kinds.isEmpty()) {
      return "";
    }
    return kinds.size() == Kind.values().length
        ? " in any way"
        : kinds.stream().map(Kind::name).collect(joining(", ", ": ", ""));
  }

  private static String carries(Class<?> state) {
    String fields =
        Arrays.stream(state.getRecordComponents())
            .map(RecordComponent::getName)
            .filter(name -> !name.equals("header"))
            .collect(joining(", "));
    return fields.isEmpty() ? "–" : fields;
  }

  private static String name(Class<?> state) {
    return state.getSimpleName();
  }
}
