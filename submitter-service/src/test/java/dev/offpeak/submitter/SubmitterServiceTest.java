package dev.offpeak.submitter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.offpeak.schemas.registry.RegistryUnavailable;
import dev.offpeak.submitter.webhook.WebhookConfig;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SubmitterServiceTest {

  @Test
  void aRegistryThatIsAwayIsWaitedForAndHealthSaysSo() {
    Iterator<RuntimeException> tries =
        List.of(
                new RegistryUnavailable("the registry can't be reached", null),
                new RegistryUnavailable("the registry is overloaded", null),
                new IllegalStateException("the registry is there, Kafka is not"))
            .iterator();
    List<String> saidMeanwhile = new ArrayList<>();
    SubmitterService[] service = new SubmitterService[1];
    service[0] =
        new SubmitterService(
            () -> {
              throw tries.next();
            },
            WebhookConfig.none(),
            Clock.systemUTC(),
            _ -> saidMeanwhile.add(service[0].check().toString()),
            new Random(1));

    assertThatThrownBy(service[0]::start).hasMessage("the registry is there, Kafka is not");

    assertThat(saidMeanwhile).hasSize(2);
    assertThat(saidMeanwhile.getFirst()).contains("the registry can't be reached");
    assertThat(saidMeanwhile.getLast()).contains("the registry is overloaded");
  }
}
