package dev.offpeak.testkit.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The rules about who may use whom. A module that sees all others runs them:
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicTest> architecture() {
 *   var product = ArchitectureRules.importProduct();
 *   return ArchitectureRules.all().stream()
 *       .map(rule -> dynamicTest(rule.getDescription(), () -> rule.check(product)));
 * }
 * }</pre>
 */
public final class ArchitectureRules {

  private static final String ROOT = "dev.offpeak.";

  /** Modules that meet only in topics. */
  private static final List<String> SERVICES = List.of("ingest", "batcher", "submitter", "results");

  /** Of each module that is not a service, the modules it may use; its own is understood. */
  private static final Map<String, List<String>> MAY_USE =
      new TreeMap<>(
          Map.of(
              "core", List.of(),
              "schemas", List.of("core"),
              "provider", List.of("core", "schemas", "runtime"),
              "simulator", List.of(),
              "runtime", List.of("core"),
              "operations", List.of("core", "schemas", "provider", "runtime"),
              "ledger", List.of("core", "schemas", "provider", "runtime", "operations"),
              "kafka.embedded", List.of()));

  private static final String[] PURE = {
    "java.lang..",
    "java.util..",
    "java.time..",
    "java.math..",
    "java.text..",
    "java.nio..",
    "java.io..",
    "java.security..",
    "org.jspecify..",
    ROOT + "core.."
  };

  private ArchitectureRules() {}

  /** All main classes of the product on the class path, without the testkit. */
  public static JavaClasses importProduct() {
    return new ClassFileImporter()
        .withImportOption(new ImportOption.DoNotIncludeTests())
        .withImportOption(location -> !location.contains("/dev/offpeak/testkit/"))
        .importPackages("dev.offpeak");
  }

  /** Every rule. */
  public static List<ArchRule> all() {
    var rules = new ArrayList<ArchRule>();
    MAY_USE.forEach((module, others) -> rules.add(usesOnly(module, others)));
    SERVICES.forEach(service -> rules.add(meetsOthersOnlyInTopics(service)));
    rules.add(coreIsPure());
    rules.add(clocksArePassedIn());
    rules.add(sleepersArePassedIn());
    rules.add(namesSayWhatThingsAre());
    rules.add(packagesHaveNoCycles());
    rules.add(jobClassesHaveNoCycles());
    rules.add(controlHasOneMeaning());
    return List.copyOf(rules);
  }

  private static ArchRule usesOnly(String module, List<String> others) {
    var allowed = new ArrayList<String>();
    allowed.add(ROOT + module + "..");
    others.forEach(other -> allowed.add(ROOT + other + ".."));
    return noClasses()
        .that()
        .resideInAPackage(ROOT + module + "..")
        .should()
        .dependOnClassesThat(
            JavaClass.Predicates.resideInAPackage("dev.offpeak..")
                .and(
                    DescribedPredicate.not(
                        JavaClass.Predicates.resideInAnyPackage(allowed.toArray(String[]::new)))))
        .allowEmptyShould(true)
        .as(module + " uses no other module than " + others);
  }

  private static ArchRule meetsOthersOnlyInTopics(String service) {
    var others = new ArrayList<>(SERVICES);
    others.remove(service);
    others.addAll(List.of("simulator", "operations", "ledger", "standalone", "kafka.embedded"));
    return noClasses()
        .that()
        .resideInAPackage(ROOT + service + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            others.stream().map(other -> ROOT + other + "..").toArray(String[]::new))
        .allowEmptyShould(true)
        .as(service + " knows none of " + others);
  }

  private static ArchRule coreIsPure() {
    return classes()
        .that()
        .resideInAPackage(ROOT + "core..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(PURE)
        .allowEmptyShould(true)
        .as("core uses only the language's own packages, no network, database or logging");
  }

  private static ArchRule clocksArePassedIn() {
    return noClasses()
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .as("the time comes from a clock that was passed in");
  }

  private static ArchRule sleepersArePassedIn() {
    return noClasses()
        .that()
        .doNotHaveFullyQualifiedName(ROOT + "core.wait.Sleeper")
        .should()
        .callMethodWhere(
            DescribedPredicate.describe(
                "it is Thread.sleep",
                call ->
                    call.getName().equals("sleep")
                        && call.getTargetOwner().isEquivalentTo(Thread.class)))
        .as("waiting is done by a Sleeper that was passed in");
  }

  private static ArchRule namesSayWhatThingsAre() {
    return noClasses()
        .should()
        .haveNameMatching(".*(Manager|Helper|Utils?|Impl|Common)$")
        .as("names say what things are");
  }

  private static ArchRule packagesHaveNoCycles() {
    return slices()
        .matching("dev.offpeak.(**)")
        .should()
        .beFreeOfCycles()
        .as("packages use each other in one direction only");
  }

  /** The states of a job and their rules are read class by class, from the bottom. */
  private static ArchRule jobClassesHaveNoCycles() {
    return slices()
        .assignedFrom(new JobClasses())
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .as("the classes of core.job use each other in one direction only");
  }

  private static ArchRule controlHasOneMeaning() {
    return noClasses()
        .that()
        .resideOutsideOfPackages(ROOT + "schemas.control..", ROOT + "schemas.avro..")
        .should()
        .callMethodWhere(
            DescribedPredicate.describe(
                "it asks a control record for its action",
                call ->
                    call.getName().equals("getAction")
                        && call.getTargetOwner()
                            .getFullName()
                            .equals(ROOT + "schemas.avro.ControlRecord")))
        .as("what a record of llm.control means is asked of core.control");
  }

  private static final class JobClasses implements SliceAssignment {

    @Override
    public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
      return javaClass.getPackageName().startsWith(ROOT + "core.job")
          ? SliceIdentifier.of(javaClass.getName().replaceFirst("\\$.*", ""))
          : SliceIdentifier.ignore();
    }

    @Override
    public String getDescription() {
      return "classes of core.job, each with those within it";
    }
  }
}
