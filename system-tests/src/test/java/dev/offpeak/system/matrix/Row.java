package dev.offpeak.system.matrix;

import dev.offpeak.system.world.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happens to the work of a cell.
 *
 * @param title for the table
 * @param killed the service that is ended at a place, or null when none is
 * @param failpoint the place, with the how-manieth time, such as {@code submitter.after_create:1}
 * @param fault what the provider does meanwhile, as {@code call: do} of a fault rule, or empty
 * @param requests of a cell
 */
public record Row(
    String title, @Nullable Kind killed, String failpoint, String fault, int requests) {

  private static final int FEW = 6;

  /** Three chunks of 50. */
  private static final int CHUNKS = 120;

  /** All rows, in the order of a job's life. */
  public static List<Row> all() {
    List<Row> rows = new ArrayList<>();
    for (int nth : new int[] {1, 3}) {
      rows.add(submitter("before_ledger_write", nth));
      rows.add(submitter("after_ledger_write", nth));
    }
    for (String place :
        List.of(
            "before_upload",
            "after_upload",
            "before_create",
            "after_create",
            "before_poll",
            "after_poll")) {
      rows.add(submitter(place, 1));
    }
    for (String place : List.of("before_burn", "after_burn")) {
      rows.add(
          new Row(
              "submitter killed " + words(place) + " (after a lost create)",
              Kind.SUBMITTER,
              "submitter." + place + ":1",
              "create_batch: {cut: true}",
              FEW));
    }
    rows.add(results("before_download", 1));
    rows.add(results("during_download", 60));
    rows.add(results("after_download", 1));
    for (String place : List.of("before_progress", "before_commit", "after_commit")) {
      rows.add(results(place, 1));
      rows.add(results(place, 2));
    }
    for (String call : List.of("upload_file", "create_batch", "get_batch", "download_file")) {
      rows.add(fault(call, "answer lost", "{cut: true, after_effect: true}"));
      rows.add(
          fault(
              call,
              "answer late",
              call.startsWith("create") || call.startsWith("upload")
                  ? "{problem: timeout, effect_after_ms: 1500}"
                  : "{delay_ms: 3000}"));
    }
    return List.copyOf(rows);
  }

  private static Row submitter(String place, int nth) {
    return new Row(
        "submitter killed " + words(place) + (place.contains("ledger") ? " " + nth : ""),
        Kind.SUBMITTER,
        "submitter." + place + ":" + nth,
        "",
        FEW);
  }

  private static Row results(String place, int nth) {
    String title = "results-service killed " + words(place) + (nth == 2 ? ", second chunk" : "");
    return new Row(title, Kind.RESULTS, "results." + place + ":" + nth, "", CHUNKS);
  }

  private static Row fault(String call, String fate, String what) {
    return new Row(call + ": " + fate, null, "", call + ": " + what, FEW);
  }

  private static String words(String place) {
    return place.replace('_', ' ');
  }

  /** Whether the provider has such a step at all: Anthropic takes no files. */
  public boolean existsAt(Column column) {
    boolean needsFiles =
        failpoint.contains("upload") || failpoint.contains("burn") || fault.contains("upload");
    return column != Column.ANTHROPIC || !needsFiles;
  }

  /** The rule that makes the fault happen once, to that provider. */
  public String rule(Column column) {
    String[] parts = fault.split(": ", 2);
    return "- {match: {call: %s, provider: %s, nth: 1}, do: %s}%n"
        .formatted(parts[0], column.id(), parts[1]);
  }
}
