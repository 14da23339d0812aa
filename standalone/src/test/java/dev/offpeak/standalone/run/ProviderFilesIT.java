package dev.offpeak.standalone.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.core.lane.Provider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a run leaves at three providers when it is over. */
@Timeout(300)
class ProviderFilesIT {

  private static final Path THREE_PROVIDERS =
      Path.of("..", "examples", "three-providers.jsonl").toAbsolutePath().normalize();

  @TempDir private Path folder;
  private RemoteScene scene;

  @BeforeEach
  void start() throws IOException {
    scene = new RemoteScene(folder, config -> config);
  }

  @AfterEach
  void stop() throws IOException {
    scene.close();
  }

  @Test
  void nothingIsLeft() throws Exception {
    assertThat(run(false)).contains("succeeded    60\n").doesNotContain("not deleted");

    assertThat(scene.counts().path("files_left").asInt(-1)).isZero();
    assertThat(scene.counts().path("deletes").asInt()).as("batches of Anthropic").isEqualTo(1);
  }

  @Test
  void whoeverWantsToKeepThemHasThem() throws Exception {
    assertThat(run(true)).contains("succeeded    60\n").doesNotContain("not deleted");

    assertThat(scene.counts().path("files_left").asInt()).isGreaterThanOrEqualTo(4);
    assertThat(scene.counts().path("deletes").asInt()).isZero();
  }

  @Test
  void whatCanNotBeDeletedIsSaidAndAFileThatIsGoneIsFine() throws Exception {
    scene.fault("{match: {call: delete_file}, do: {status: 404}, times: 1}");
    scene.fault("{match: {call: delete_file}, do: {status: 403, message: 'not yours'}, times: 1}");

    String said = run(false);

    assertThat(said).contains("succeeded    60\n").contains("not deleted  1 at the provider");
    assertThat(said).containsPattern("\n +file\\S+: \\S+: .*not yours\n");
  }

  private String run(boolean keep) throws Exception {
    Ended ended =
        scene.run(
            THREE_PROVIDERS,
            Map.of(
                "openai", scene.account(Provider.OPENAI, "gpt-*", "text-embedding-*"),
                "anthropic", scene.account(Provider.ANTHROPIC, "claude-*"),
                "gemini", scene.account(Provider.GEMINI, "gemini-*")),
            RunLimits.DEFAULT,
            false,
            keep);
    assertThat(ended).as(scene.said()).isEqualTo(Ended.ALL_SUCCEEDED);
    return scene.said();
  }
}
