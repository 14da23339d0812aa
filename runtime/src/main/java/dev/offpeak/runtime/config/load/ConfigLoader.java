package dev.offpeak.runtime.config.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads a record from a YAML file and the environment.
 *
 * <p>Keys are the record components' names in kebab-case. Any single value can be set by a variable
 * that wins over the file: {@code OFFPEAK_} and the path in capitals, with {@code _} for dots and
 * hyphens ({@code kafka.bootstrap-servers} is {@code OFFPEAK_KAFKA_BOOTSTRAP_SERVERS}); for entries
 * of maps and lists, the entry must stand in the file. Types: String, numbers, boolean, Duration,
 * {@link dev.offpeak.runtime.config.ByteSize}, Path, URI, enums, {@link
 * dev.offpeak.runtime.config.Secret}, records, lists, and maps with String keys.
 */
public final class ConfigLoader {

  private ConfigLoader() {}

  /**
   * Reads the record.
   *
   * @param yaml the file; null when everything comes from the environment and the defaults
   * @param environment the process's variables
   * @throws ConfigProblems with everything that is wrong, when anything is: unknown keys and {@code
   *     OFFPEAK_} variables, missing and malformed values, values a record refuses
   */
  public static <R extends Record> R load(
      Class<R> type, @Nullable Path yaml, Map<String, String> environment) {
    var source = yaml == null ? "environment and defaults" : yaml.toString();
    return bind(type, source, List.of(), read(source, yaml), new EnvironmentOverrides(environment));
  }

  /**
   * Reads the record from a file, and an environment, that are another program's as well: what any
   * of the neighbours knows is left to them, and only what nobody knows is a problem.
   *
   * @param yaml the file; null when everything comes from the environment and the defaults
   * @param neighbours the records of the programs whose settings may stand there
   * @throws ConfigProblems with everything that is wrong, when anything is
   */
  public static <R extends Record> R loadPart(
      Class<R> type,
      List<Class<? extends Record>> neighbours,
      @Nullable Path yaml,
      Map<String, String> environment) {
    var source = yaml == null ? "environment and defaults" : yaml.toString();
    var all = new ArrayList<Class<? extends Record>>(neighbours);
    all.add(type);
    var known = new KnownSettings(all);
    var file = read(source, yaml);
    var overrides = new EnvironmentOverrides(environment, known::knowsVariable);
    return bind(
        type, source, known.unknownKeys(file), KnownSettings.partFor(type, file), overrides);
  }

  /**
   * A record for a program that sets some things itself and leaves the rest to the defaults.
   *
   * @param settings values as in a file, by the keys of the record
   * @throws ConfigProblems with everything that is wrong, when anything is
   */
  public static <R extends Record> R with(Class<R> type, Map<String, String> settings) {
    var entries = new LinkedHashMap<String, ConfigNode>();
    settings.forEach((key, value) -> entries.put(key, new ConfigNode.Scalar(value)));
    return bind(
        type,
        type.getSimpleName(),
        List.of(),
        new ConfigNode.Mapping(entries),
        new EnvironmentOverrides(Map.of()));
  }

  private static <R extends Record> R bind(
      Class<R> type,
      String source,
      List<ConfigProblem> before,
      ConfigNode settings,
      EnvironmentOverrides overrides) {
    var binder = new RecordBinder(overrides);
    var result = binder.bindRecord(type, settings, ConfigPath.ROOT);
    var problems = new ArrayList<>(before);
    problems.addAll(binder.problems());
    overrides.unused().forEach(name -> problems.add(unknownVariable(name, overrides)));
    if (!problems.isEmpty()) {
      throw new ConfigProblems(source, problems);
    }
    return type.cast(Objects.requireNonNull(result, "no problems, so there is a record"));
  }

  private static ConfigNode read(String source, @Nullable Path yaml) {
    if (yaml == null) {
      return new ConfigNode.Absent();
    }
    try (var reader = Files.newBufferedReader(yaml)) {
      return YamlReader.read(reader);
    } catch (NoSuchFileException _) {
      throw unreadable(source, "there is no such file", "Check the path given by --config");
    } catch (IOException e) {
      throw unreadable(
          source, "the file cannot be read as YAML: " + e.getMessage(), "Correct the file");
    }
  }

  private static ConfigProblems unreadable(String source, String rule, String remedy) {
    return new ConfigProblems(source, List.of(new ConfigProblem("", null, rule, remedy)));
  }

  private static ConfigProblem unknownVariable(String name, EnvironmentOverrides overrides) {
    return new ConfigProblem(
        name,
        null,
        "no setting belongs to this environment variable",
        Suggestion.closest(name, overrides.known())
            .map(known -> "Did you mean " + known + "?")
            .orElse("Unset it"));
  }
}
