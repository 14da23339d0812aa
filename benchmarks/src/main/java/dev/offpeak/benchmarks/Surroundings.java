package dev.offpeak.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Locale;
import java.util.stream.Stream;

/** When, on what machine and with what the table was measured. */
final class Surroundings {

  private static final double GIB = 1L << 30;

  private Surroundings() {}

  static String describe(Clock clock, int requests, int bytes, int rounds) {
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return String.format(
        Locale.ROOT,
        "%s, %s (%d cores, %.0f GiB), %s %s, Java %s, load before the end %.1f. %,d requests of"
            + " %,d bytes, %d rounds after one to warm up.%n",
        LocalDate.now(clock),
        processor(),
        system.getAvailableProcessors(),
        system.getTotalMemorySize() / GIB,
        System.getProperty("os.name"),
        System.getProperty("os.arch"),
        System.getProperty("java.version"),
        system.getSystemLoadAverage(),
        requests,
        bytes,
        rounds);
  }

  /** Linux tells; elsewhere nobody is asked. */
  private static String processor() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown processor");
    } catch (IOException _) {
      return "unknown processor";
    }
  }
}
