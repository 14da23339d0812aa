package dev.offpeak.standalone.endings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.core.lane.Provider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** docs/endings.md is the table that {@link EndingsIT} plays. */
class EndingsPageTest {

  private static final Path PAGE = Path.of("../docs/endings.md");

  private final Table table = new Table(_ -> {});

  @Test
  void thePageIsTheTable() throws IOException {
    String page = EndingsPage.of(table.sections());
    if (Boolean.getBoolean("offpeak.endings.write")) {
      Files.writeString(PAGE, page);
    }

    assertThat(PAGE)
        .as("made anew by EndingsPageTest with -Doffpeak.endings.write=true")
        .hasContent(page);
  }

  @Test
  void everyEndingSaysWhatHappensAtEachProvider() {
    assertThat(table.sections().values().stream().flatMap(List::stream))
        .allSatisfy(
            ending ->
                assertThat(ending.cells())
                    .containsOnlyKeys(Line.PROVIDERS.toArray(Provider[]::new)));
  }
}
