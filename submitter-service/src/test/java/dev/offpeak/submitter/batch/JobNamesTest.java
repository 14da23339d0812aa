package dev.offpeak.submitter.batch;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class JobNamesTest {

  private static final String BATCH = "01M8GYAW1XK7GEF5RZ7BEX3XKW";

  private final JobNames ours = new JobNames("0a1b2c3d");

  @Property
  void aNameLeadsBackToItsBatch(
      @ForAll @StringLength(26) @CharRange(from = '0', to = '9') String batchId,
      @ForAll @IntRange(min = 1) int attempt) {
    assertThat(ours.batchId(ours.marker(batchId, attempt))).isEqualTo(batchId);
    assertThat(ours.batchId(ours.file(batchId, attempt))).isEqualTo(batchId);
    assertThat(new JobNames("0a1b2c3e").batchId(ours.file(batchId, attempt))).isNull();
  }

  @Property
  void noOtherNameIsOurs(@ForAll String name) {
    assertThat(ours.batchId(name)).isNull();
  }

  @Test
  void whatOnlyLooksLikeOursIsNot() {
    assertThat(ours.batchId("offpeak-0a1b2c3d-" + BATCH)).isNull();
    assertThat(ours.batchId("offpeak-0a1b2c3d-" + BATCH + "-1.jsonl.bak")).isNull();
    assertThat(ours.batchId("offpeak-0a1b2c3d-mine-1.jsonl")).isNull();
    assertThat(ours.batchId("my-offpeak-0a1b2c3d-" + BATCH + "-1.jsonl")).isNull();
  }
}
