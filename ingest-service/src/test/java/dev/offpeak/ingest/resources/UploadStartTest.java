package dev.offpeak.ingest.resources;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.offpeak.ingest.http.ApiException;
import java.util.List;
import org.junit.jupiter.api.Test;

class UploadStartTest {

  @Test
  void bothSpellingsAreTakenAndNothingNeedBeSaid() {
    assertThat(of("{\"file\":{\"display_name\":\"d\",\"mime_type\":\"m\",\"size_bytes\":7}}"))
        .isEqualTo(new UploadStart("", "d", "m"));
    assertThat(of("{\"file\":{\"displayName\":\"d\",\"name\":\"files/a-1\",\"x\":{\"y\":[]}}}"))
        .isEqualTo(new UploadStart("a-1", "d", ""));
    assertThat(of("")).isEqualTo(new UploadStart("", "", ""));
  }

  @Test
  void aNameThatCouldBeOneOfOursIsRefused() {
    for (String name : List.of("batch-1", "A", "a_b", "-a", "a/b", "x".repeat(41), "../x")) {
      assertThatThrownBy(() -> of("{\"file\":{\"name\":\"files/" + name + "\"}}"))
          .as(name)
          .isInstanceOf(ApiException.class);
    }
  }

  private static UploadStart of(String body) {
    return UploadStart.of(body.getBytes(UTF_8));
  }
}
