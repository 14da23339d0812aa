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
 * @param faults what the provider does meanwhile, once each, as {@code call: do} of a fault rule
 * @param requests of a cell
 */
public record Row(
    String title, @Nullable Kind killed, String failpoint, List<String> faults, int requests) {

  private static final int FEW = 6;

  /** Three chunks of 50. */
  private static final int CHUNKS = 120;

  /** OpenAI and Gemini: to upload, uploaded, to create, submitted, ended. */
  private static final int LEDGER_WRITES = 5;

  /** Each provider has a call of its own for it. */
  private static final String FIND_FILE = "find_file";

  private static final List<String> OF_FILES =
      List.of("upload", "burn", FIND_FILE, "delete_file", "ledger_write:4", "ledger_write:5");

  private static final String LOST = "{cut: true, after_effect: true}";
  private static final String LATE = "{delay_ms: 3000}";
  private static final String LATE_EFFECT = "{problem: timeout, effect_after_ms: 1500}";

  /** A create that makes nothing and does not say so: the job is looked for. */
  private static final String NO_CREATE = "create_batch: {status: 500}";

  private static final String AFTER = " (after a lost create)";

  /** All rows, in the order of a job's life. */
  public static List<Row> all() {
    List<Row> rows = new ArrayList<>();
    for (int nth = 1; nth <= LEDGER_WRITES; nth++) {
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
            "after_poll",
            "before_offset_commit",
            "after_offset_commit")) {
      rows.add(submitter(place, 1));
    }
    for (String place : List.of("before_burn", "after_burn")) {
      rows.add(
          new Row(
              "submitter killed " + words(place) + AFTER,
              Kind.SUBMITTER,
              "submitter." + place + ":1",
              List.of(NO_CREATE),
              FEW));
    }
    rows.add(results("before_download", 1));
    rows.add(results("during_download", 60));
    rows.add(results("after_download", 1));
    for (String place : List.of("before_progress", "before_commit", "after_commit")) {
      rows.add(results(place, 1));
      rows.add(results(place, 2));
    }
    for (String call : List.of("upload_file", "create_batch")) {
      rows.add(fault(call + ": answer lost", call + ": " + LOST));
      rows.add(fault(call + ": answer late", call + ": " + LATE_EFFECT));
    }
    for (String call : List.of("get_batch", "download_file")) {
      rows.add(fault(call + ": answer lost", call + ": " + LOST));
      rows.add(fault(call + ": answer late", call + ": " + LATE));
    }
    rows.add(sought("answer lost", LOST));
    rows.add(sought("answer late", LATE));
    for (String call : List.of("list_batches", "delete_file")) {
      rows.add(fault(call + ": answer lost" + AFTER, NO_CREATE, call + ": " + LOST));
      rows.add(fault(call + ": answer late" + AFTER, NO_CREATE, call + ": " + LATE));
    }
    return List.copyOf(rows);
  }

  /** A killed submitter's next one looks for the file that it may have uploaded. */
  private static Row sought(String fate, String what) {
    return new Row(
        FIND_FILE + ": " + fate + " (submitter killed after upload)",
        Kind.SUBMITTER,
        "submitter.after_upload:1",
        List.of(FIND_FILE + ": " + what),
        FEW);
  }

  private static Row submitter(String place, int nth) {
    return new Row(
        "submitter killed " + words(place) + (place.contains("ledger") ? " " + nth : ""),
        Kind.SUBMITTER,
        "submitter." + place + ":" + nth,
        List.of(),
        FEW);
  }

  private static Row results(String place, int nth) {
    String title = "results-service killed " + words(place) + (nth == 2 ? ", second chunk" : "");
    return new Row(title, Kind.RESULTS, "results." + place + ":" + nth, List.of(), CHUNKS);
  }

  private static Row fault(String title, String... faults) {
    return new Row(title, null, "", List.of(faults), FEW);
  }

  private static String words(String place) {
    return place.replace('_', ' ');
  }

  /**
   * Whether the provider has such a step at all: Anthropic takes no files, so its jobs have two
   * records less.
   */
  public boolean existsAt(Column column) {
    return column != Column.ANTHROPIC
        || OF_FILES.stream().noneMatch((failpoint + faults)::contains);
  }

  /** The rules that make each fault happen once, to that provider. */
  public String rules(Column column) {
    StringBuilder rules = new StringBuilder();
    for (String fault : faults) {
      String[] parts = fault.split(": ", 2);
      rules.append(
          "- {match: {call: %s, provider: %s, nth: 1}, do: %s}%n"
              .formatted(
                  parts[0].equals(FIND_FILE) ? column.findsFilesBy() : parts[0],
                  column.id(),
                  parts[1]));
    }
    return rules.toString();
  }
}
