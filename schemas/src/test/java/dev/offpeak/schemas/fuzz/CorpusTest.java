package dev.offpeak.schemas.fuzz;

import dev.offpeak.testkit.hostile.FuzzCorpus;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class CorpusTest {

  @TestFactory
  Stream<DynamicTest> jsonLines() {
    return FuzzCorpus.tests(JsonLineFuzz.class, JsonLineFuzz::fuzzerTestOneInput);
  }

  @TestFactory
  Stream<DynamicTest> avroRequests() {
    return FuzzCorpus.tests(AvroRequestFuzz.class, AvroRequestFuzz::fuzzerTestOneInput);
  }

  @TestFactory
  Stream<DynamicTest> headers() {
    return FuzzCorpus.tests(HeadersFuzz.class, HeadersFuzz::fuzzerTestOneInput);
  }

  @TestFactory
  Stream<DynamicTest> compaction() {
    return FuzzCorpus.tests(CompactionFuzz.class, CompactionFuzz::fuzzerTestOneInput);
  }
}
