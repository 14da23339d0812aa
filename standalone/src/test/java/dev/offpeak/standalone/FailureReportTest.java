package dev.offpeak.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class FailureReportTest {

  @Command(name = "breaks")
  private record Breaks(Exception with) implements Callable<Integer> {
    @Override
    public Integer call() throws Exception {
      throw with;
    }
  }

  private static String report(Exception with) {
    StringWriter said = new StringWriter();
    int code =
        new CommandLine(new Breaks(with))
            .setErr(new PrintWriter(said))
            .setExecutionExceptionHandler(new FailureReport())
            .execute();
    assertThat(code).isEqualTo(3);
    return said.toString();
  }

  @Test
  void whatIsAwayIsSaidInASentenceWithItsReason() {
    assertThat(report(new KafkaException("Kafka does not answer", new TimeoutException("no node"))))
        .isEqualToIgnoringNewLines("offpeak: Kafka does not answer (no node)");
    assertThat(report(new TimeoutException("no node")))
        .isEqualToIgnoringNewLines("offpeak: no node");
  }

  @Test
  void whatIsNotForeseenIsSaidWithItsKind() {
    assertThat(report(new IllegalStateException("outer", new ArithmeticException("inner"))))
        .isEqualToIgnoringNewLines("offpeak: inner (java.lang.ArithmeticException)");
  }
}
