package dev.offpeak.testkit.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

class ArchitectureRulesTest {

  private static final JavaClasses OFFENDERS =
      new ClassFileImporter()
          .importPackages(
              "dev.offpeak.core.fixture",
              "dev.offpeak.batcher.fixture",
              "dev.offpeak.submitter.fixture");

  @Test
  void eachRuleThatTheOffendersBreakIsReported() {
    assertThat(ArchitectureRules.all())
        .filteredOn(rule -> rule.evaluate(OFFENDERS).hasViolation())
        .extracting(ArchRule::getDescription)
        .containsExactlyInAnyOrder(
            "core uses only the language's own packages, no network, database or logging",
            "batcher knows none of [ingest, submitter, results, simulator, operations, ledger,"
                + " standalone, kafka.embedded]",
            "the time comes from a clock that was passed in",
            "waiting is done by a Sleeper that was passed in",
            "names say what things are");
  }

  @Test
  void theModulesThatTheTestkitSeesKeepAllRules() {
    var product = ArchitectureRules.importProduct();

    assertThat(product).isNotEmpty();
    assertThat(ArchitectureRules.all())
        .filteredOn(rule -> rule.evaluate(product).hasViolation())
        .isEmpty();
  }
}
