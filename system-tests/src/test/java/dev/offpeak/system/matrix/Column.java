package dev.offpeak.system.matrix;

/** A provider. */
public enum Column {
  OPENAI("OpenAI", "openai"),
  ANTHROPIC("Anthropic", "anthropic"),
  GEMINI("Gemini", "gemini");

  private final String title;
  private final String id;

  Column(String title, String id) {
    this.title = title;
    this.id = id;
  }

  String title() {
    return title;
  }

  /** As the simulator's fault rules name it. */
  public String id() {
    return id;
  }

  /** Which of nine questions in a row is for this provider's first account. */
  public int question(int nth) {
    return 9 * nth + ordinal();
  }
}
