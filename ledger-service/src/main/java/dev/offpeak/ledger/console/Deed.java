package dev.offpeak.ledger.console;

import dev.offpeak.schemas.avro.ControlAction;
import dev.offpeak.schemas.avro.ControlRecord;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Something that an operator can ask the services for.
 *
 * @param kind what is done
 * @param of to which account, lane, batch, or failures with which code
 */
record Deed(Kind kind, String of) {

  /** What can be done. */
  enum Kind {
    PAUSE("Pause account"),
    RESUME("Resume account"),
    FLUSH("Seal the open batch of lane"),
    CANCEL("Cancel batch"),
    RETRY("Send again what failed with");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What an address or form asks for, if it does. */
  static Optional<Deed> of(Map<String, String> values) {
    String of = values.getOrDefault("of", "").strip();
    return Arrays.stream(Kind.values())
        .filter(kind -> kind.word().equals(values.get("do")))
        .filter(kind -> !of.isEmpty() || kind == Kind.RETRY)
        .findFirst()
        .map(kind -> new Deed(kind, of));
  }

  /** Where it is confirmed. */
  String address() {
    return new Question(Map.of("do", kind.word(), "of", of)).address("ask");
  }

  /** In words. */
  String title() {
    return of.isEmpty() ? "Send again what failed and may succeed" : kind.words + " " + of;
  }

  /** Its record of llm.control; for all but {@link Kind#RETRY}. */
  ControlRecord.Builder record() {
    ControlRecord.Builder record = ControlRecord.newBuilder();
    return switch (kind) {
      case PAUSE -> record.setAction(ControlAction.PAUSE).setAccount(of);
      case RESUME -> record.setAction(ControlAction.RESUME).setAccount(of);
      case FLUSH -> record.setAction(ControlAction.FLUSH).setLane(of);
      case CANCEL -> record.setAction(ControlAction.CANCEL).setBatchId(of);
      case RETRY -> throw new IllegalStateException("what failed is sent, not asked for");
    };
  }
}
