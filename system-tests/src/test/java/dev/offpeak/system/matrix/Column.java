package dev.offpeak.system.matrix;

import dev.offpeak.system.world.SimulatorDesk;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A provider. */
public enum Column {
  OPENAI("OpenAI", "openai", "gpt-4o-mini"),
  ANTHROPIC("Anthropic", "anthropic", "claude-haiku-4-5"),
  GEMINI("Gemini", "gemini", "gemini-2.5-flash");

  private final String title;
  private final String id;
  private final String model;

  Column(String title, String id, String model) {
    this.title = title;
    this.id = id;
    this.model = model;
  }

  String title() {
    return title;
  }

  /** As the simulator's fault rules name it. */
  public String id() {
    return id;
  }

  /** Input files of ours that it has; null when it takes none. */
  public @Nullable Integer inputFiles(SimulatorDesk provider)
      throws IOException, InterruptedException {
    return switch (this) {
      case OPENAI -> provider.openAiFiles();
      case ANTHROPIC -> null;
      case GEMINI -> provider.geminiFiles();
    };
  }

  /** The call by which a file is looked for whose upload was not answered. */
  String findsFilesBy() {
    return this == GEMINI ? "get_file" : "list_files";
  }

  /** A model of its. */
  public String model() {
    return model;
  }
}
