package dev.offpeak.standalone.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.offpeak.simulator.Simulator;
import dev.offpeak.standalone.state.CannotRun;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalSimulatorTest {

  @TempDir Path folder;

  @Test
  void itKeepsItsAddressOverRestarts() throws IOException {
    URI before;
    try (Simulator simulator = LocalSimulator.start(folder, Map.of())) {
      before = simulator.baseUri();
    }
    try (Simulator simulator = LocalSimulator.start(folder, Map.of("failure-rate", "0.5"))) {
      assertThat(simulator.baseUri()).isEqualTo(before);
    }
  }

  @Test
  void anAddressThatSomeoneElseHasTakenIsSaid() throws IOException {
    int port;
    try (Simulator simulator = LocalSimulator.start(folder, Map.of())) {
      port = simulator.port();
    }
    try (ServerSocket taken = new ServerSocket()) {
      taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));

      assertThatExceptionOfType(CannotRun.class)
          .isThrownBy(() -> LocalSimulator.start(folder, Map.of()))
          .withMessageContaining(Integer.toString(port));
    }
  }

  @Test
  void twoSimulatorsHaveTwoAddresses() throws IOException {
    try (Simulator one = LocalSimulator.start(folder.resolve("one"), Map.of());
        Simulator two = LocalSimulator.start(folder.resolve("two"), Map.of())) {
      assertThat(one.port()).isNotEqualTo(two.port());
    }
  }

  @Test
  void aWrongSettingIsSaid() {
    assertThatExceptionOfType(CannotRun.class)
        .isThrownBy(() -> LocalSimulator.start(folder, Map.of("faliure-rate", "1")))
        .withMessageContaining("--faliure-rate");
  }
}
