package dev.offpeak.standalone;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.offpeak.testkit.architecture.ArchitectureRules;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** This module sees all others, so the rules about who may use whom are checked here. */
class ArchitectureTest {

  @TestFactory
  Stream<DynamicTest> architecture() {
    var product = ArchitectureRules.importProduct();
    return ArchitectureRules.all().stream()
        .map(rule -> dynamicTest(rule.getDescription(), () -> rule.check(product)));
  }
}
