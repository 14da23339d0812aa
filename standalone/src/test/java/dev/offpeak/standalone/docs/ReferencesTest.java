package dev.offpeak.standalone.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What pages and comments point at is there: files, headings, sections of docs/providers, classes.
 * Addresses on the web are not asked.
 */
class ReferencesTest {

  private static final Path ROOT = Path.of("..");
  private static final Path PROVIDERS = ROOT.resolve("docs/providers");

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
  private static final Pattern PAGE = Pattern.compile("\\b([\\w-]+\\.md)\\b");
  private static final Pattern BELOW_DOCS = Pattern.compile("\\bdocs/[\\w/-]+(?:\\.md)?");
  private static final Pattern SECTIONS =
      Pattern.compile(
          "(?:docs/providers|(?:openai|anthropic|gemini)\\.md)\\*? "
              + "([A-Z]\\d?[a-z]?(?:(?:, and |, | and | to )[A-Z]\\d?[a-z]?)*)\\b");
  private static final Pattern SECTION = Pattern.compile("[A-Z]\\d?[a-z]?");

  /** A class as pages name it: with packages below {@code dev.offpeak}, or of several words. */
  private static final Pattern CLASS =
      Pattern.compile("`(?:dev\\.offpeak\\.)?((?:[a-z]+\\.)+[A-Z]\\w+|[A-Z][a-z0-9]+[A-Z]\\w+)`");

  /** Names of that kind that are others'. */
  private static final Set<String> FOREIGN =
      Set.of(
          "KafkaAvroSerializer",
          "KafkaAvroDeserializer",
          "SerializationException",
          "RecordTooLargeException",
          "RetryInfo");

  private static final Pattern AVRO_NAME = Pattern.compile("\"name\": \"([A-Z]\\w+)\"");
  private static final Pattern SETTING_ROW = Pattern.compile("(?m)^\\| `([a-z-]+)\\.");
  private static final Pattern SETTING =
      Pattern.compile("`((?!prices\\.yaml)([a-z-]+)(?:\\.[a-z-]+)+)(?::[^`]*)?`");

  private static List<Source> pages;
  private static List<Source> all;

  @BeforeAll
  static void read() {
    all =
        Source.below(
                ROOT, ".md", ".java", ".xml", ".yaml", ".yml", ".avsc", ".properties", ".proto")
            .toList();
    pages = all.stream().filter(source -> source.file().toString().endsWith(".md")).toList();
  }

  @Test
  void linksLeadToFilesAndTheirHeadings() {
    assertThat(dead(pages, LINK, ReferencesTest::isLinkAlive)).isEmpty();
  }

  private static boolean isLinkAlive(Source page, MatchResult found) {
    String link = found.group(1);
    if (link.matches("(?:https?|mailto):.*")) {
      return true;
    }
    String[] parts = link.split("#", 2);
    Path target =
        parts[0].isEmpty() ? page.file() : page.file().resolveSibling(parts[0]).normalize();
    return Files.exists(target) && (parts.length == 1 || anchors(target).contains(parts[1]));
  }

  /** As GitHub makes them of headings. */
  private static Set<String> anchors(Path page) {
    return HEADING
        .matcher(text(page))
        .results()
        .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\w\\- ]", "").replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  private static String text(Path page) {
    try {
      return Files.isDirectory(page) ? "" : Files.readString(page);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void pagesThatAreNamedExist() {
    Set<String> names =
        pages.stream()
            .map(page -> page.file().getFileName().toString())
            .collect(Collectors.toCollection(HashSet::new));

    assertThat(dead(all, PAGE, (_, page) -> names.contains(page.group(1)))).isEmpty();
  }

  @Test
  void whatIsNamedBelowDocsIsThere() {
    assertThat(dead(all, BELOW_DOCS, (_, named) -> isBelowDocs(ROOT.resolve(named.group()))))
        .isEmpty();
  }

  /** Decisions are named by their numbers. */
  private static boolean isBelowDocs(Path named) {
    if (Files.exists(named)) {
      return true;
    }
    String number = named.getFileName() + "-";
    try (Stream<Path> siblings = Files.list(named.resolveSibling(""))) {
      return siblings.anyMatch(file -> file.getFileName().toString().startsWith(number));
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void sectionsOfProvidersAreThere() {
    Set<String> sections =
        Source.below(PROVIDERS, ".md")
            .flatMap(page -> HEADING.matcher(page.text()).results())
            .map(heading -> heading.group(1).split("[. ]", 2)[0])
            .collect(Collectors.toCollection(HashSet::new));
    sections.addAll(List.of("A", "B", "C"));

    assertThat(
            dead(
                all,
                SECTIONS,
                (_, named) ->
                    SECTION
                        .matcher(named.group(1))
                        .results()
                        .allMatch(section -> sections.contains(section.group()))))
        .isEmpty();
  }

  @Test
  void classesThatPagesNameExist() {
    String classes =
        all.stream()
                .map(source -> source.file().toString())
                .filter(file -> file.endsWith(".java"))
                .map(file -> file.substring(0, file.lastIndexOf('.')).replace('/', '.') + "\n")
                .collect(Collectors.joining())
            + records();
    List<Source> ofToday =
        pages.stream().filter(page -> !page.file().endsWith("CHANGELOG.md")).toList();

    assertThat(
            dead(
                ofToday,
                CLASS,
                (_, named) ->
                    FOREIGN.contains(named.group(1))
                        || classes.contains("." + named.group(1) + "\n")))
        .isEmpty();
  }

  /** Those of the schemas, which may stand in one another. */
  private static String records() {
    return all.stream()
        .filter(source -> source.file().toString().endsWith(".avsc"))
        .flatMap(source -> AVRO_NAME.matcher(source.text()).results())
        .map(name -> "." + name.group(1) + "\n")
        .collect(Collectors.joining());
  }

  @Test
  void settingsThatPagesNameExist() {
    String configuration = text(ROOT.resolve("docs/configuration.md"));
    Set<String> groups =
        SETTING_ROW
            .matcher(configuration)
            .results()
            .map(row -> row.group(1))
            .collect(Collectors.toSet());
    List<Source> ofSettings =
        pages.stream()
            .filter(
                page -> page.file().getParent().equals(ROOT) || page.file().startsWith("../docs"))
            // Its names are fields of records, and it is written from their schemas.
            .filter(page -> !page.file().endsWith("topics.md"))
            .toList();

    assertThat(groups).hasSizeGreaterThan(5);
    assertThat(
            dead(
                ofSettings,
                SETTING,
                (_, named) ->
                    !groups.contains(named.group(2))
                        || configuration.contains("`" + named.group(1))))
        .isEmpty();
  }

  @Test
  void everyModuleSaysWhatItIsAndWhereToStart() {
    List<Path> modules =
        all.stream()
            .map(Source::file)
            .filter(file -> file.endsWith("pom.xml") && file.getNameCount() == 3)
            .map(Path::getParent)
            .toList();

    assertThat(modules)
        .hasSizeGreaterThan(10)
        .allSatisfy(
            module ->
                assertThat(module.resolve("README.md"))
                    .content()
                    .containsIgnoringCase("start reading at"));
  }

  /** Says whether what was found in a file is there. */
  private interface Alive {
    boolean test(Source source, MatchResult found);
  }

  /** What is not there, with the file that names it. Comments may break a line anywhere. */
  private static List<String> dead(List<Source> sources, Pattern reference, Alive alive) {
    return sources.stream()
        .flatMap(
            source ->
                reference
                    .matcher(source.text().replaceAll("\\s*\\n\\s*(?:\\*|//)?\\s*", " "))
                    .results()
                    .filter(found -> !alive.test(source, found))
                    .map(found -> source.file() + ": " + found.group()))
        .distinct()
        .toList();
  }
}
