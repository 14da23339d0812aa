package dev.offpeak.provider.line;

import dev.offpeak.provider.anthropic.AnthropicLineFuzz;
import dev.offpeak.provider.gemini.GeminiLineFuzz;
import dev.offpeak.provider.openai.OpenAiLineFuzz;
import dev.offpeak.testkit.hostile.FuzzCorpus;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class LineCorpusTest {

  @TestFactory
  Stream<DynamicTest> openAi() {
    return FuzzCorpus.tests(OpenAiLineFuzz.class, OpenAiLineFuzz::fuzzerTestOneInput);
  }

  @TestFactory
  Stream<DynamicTest> anthropic() {
    return FuzzCorpus.tests(AnthropicLineFuzz.class, AnthropicLineFuzz::fuzzerTestOneInput);
  }

  @TestFactory
  Stream<DynamicTest> gemini() {
    return FuzzCorpus.tests(GeminiLineFuzz.class, GeminiLineFuzz::fuzzerTestOneInput);
  }
}
