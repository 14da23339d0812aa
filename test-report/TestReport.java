import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * The last lines of a build: how many tests ran, which were skipped and why, and which classes took
 * longest. Read from the reports of Surefire and Failsafe that are no older than the build.
 *
 * <p>{@code java TestReport.java <root of the project> [<when the build began>]}
 */
final class TestReport {

  private static final int SLOWEST = 10;
  private static final int MODULE_DEPTH = 4;

  /** What runs only when it is asked for: recognised by one of its classes. */
  private static final List<OnDemand> ON_DEMAND =
      List.of(
          new OnDemand(
              "sdk-tests", "OpenAiSdkIT", "-Psdk-tests, with the providers' own clients, 139 MB"),
          new OnDemand(
              "system-tests but KillingIT",
              "RollingRestartIT",
              "-Psystem-tests, for half an hour"));

  private final List<Taken> classes = new ArrayList<>();
  private final Map<String, String> skipped = new TreeMap<>();
  private int tests;
  private int failed;

  private record Taken(String name, double seconds) {}

  private record OnDemand(String name, String testClass, String how) {}

  private TestReport() {}

  public static void main(String[] arguments) throws Exception {
    Path root = Path.of(arguments[0]).toRealPath();
    Instant since = arguments.length > 1 ? Instant.parse(arguments[1]) : Instant.EPOCH;
    TestReport report = new TestReport();
    for (Path file : reports(root, since)) {
      report.read(file);
    }
    for (OnDemand some : ON_DEMAND) {
      if (report.classes.stream().noneMatch(taken -> taken.name().equals(some.testClass()))) {
        report.skipped.put(some.name(), "runs only with " + some.how());
      }
    }
    report.print(Duration.between(since, Instant.now()));
  }

  private static List<Path> reports(Path folder, Instant since) throws IOException {
    try (Stream<Path> files = Files.walk(folder, MODULE_DEPTH)) {
      return files
          .filter(file -> file.getFileName().toString().matches("TEST-.*\\.xml"))
          .filter(file -> file.getParent().getFileName().toString().matches(".*-reports"))
          .filter(file -> !file.toFile().isDirectory())
          .filter(file -> file.toFile().lastModified() >= since.toEpochMilli())
          .toList();
    }
  }

  private void read(Path file) throws Exception {
    Document report =
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
    Element suite = report.getDocumentElement();
    tests += Integer.parseInt(suite.getAttribute("tests"));
    failed += Integer.parseInt(suite.getAttribute("failures"));
    failed += Integer.parseInt(suite.getAttribute("errors"));
    double seconds = Double.parseDouble(suite.getAttribute("time").replace(",", ""));
    classes.add(new Taken(simple(suite.getAttribute("name")), seconds));
    NodeList skips = report.getElementsByTagName("skipped");
    for (int i = 0; i < skips.getLength(); i++) {
      Element skip = (Element) skips.item(i);
      Element test = (Element) skip.getParentNode();
      String name = test.getAttribute("name");
      skipped.put(
          simple(test.getAttribute("classname")) + (name.isEmpty() ? "" : "." + name),
          skip.getAttribute("message").lines().findFirst().orElse("no reason given"));
    }
  }

  private static String simple(String className) {
    return className.substring(className.lastIndexOf('.') + 1);
  }

  private void print(Duration taken) {
    classes.sort(Comparator.comparingDouble(Taken::seconds).reversed());
    System.out.printf(
        "Longest: %s%n",
        String.join(
            ", ",
            classes.stream()
                .limit(SLOWEST)
                .map(one -> "%s %.0f s".formatted(one.name(), one.seconds()))
                .toList()));
    skipped.forEach((test, why) -> System.out.println("Skipped: " + test + ": " + why));
    // This comes after all other modules; some have failed only when Maven was told to go on.
    System.out.printf(
        Locale.ROOT,
        "%s: %,d tests, %d failed, %d:%02d min%n",
        failed == 0 ? "BUILD SUCCESS" : "TESTS FAILED",
        tests,
        failed,
        taken.toMinutes(),
        taken.toSecondsPart());
  }
}
