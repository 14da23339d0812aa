package dev.offpeak.kafka.embedded;

import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.errors.BrokerIdNotRegisteredException;
import org.apache.kafka.common.errors.NotControllerException;
import org.apache.kafka.common.message.RequestHeaderData;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.apache.kafka.controller.Controller;
import org.apache.kafka.controller.ControllerRequestContext;

/**
 * What a broker that was killed left behind at its controller: a registration that counts as alive.
 *
 * <p>Left alone, the new broker leads its partitions under the old address until the old session
 * expires. Kafka 4.3 then takes the partitions of unfinished transactions for deleted and drops
 * their commit markers, after which nobody can read past them. So the registration goes before the
 * broker starts.
 */
final class StaleRegistration {

  private static final long WAIT_MILLIS = 30_000;
  private static final long PAUSE_MILLIS = 10;

  private StaleRegistration() {}

  /** Removes the registration of the given node, if there is one. The broker must not run yet. */
  static void remove(Controller controller, int nodeId)
      throws InterruptedException, ExecutionException, TimeoutException {
    var deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(WAIT_MILLIS);
    while (!tryRemove(controller, nodeId)) {
      if (System.nanoTime() - deadline > 0) {
        throw new TimeoutException(
            "the controller did not become active within " + WAIT_MILLIS + " ms");
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
  }

  /** False when the controller is not active yet, which takes it a few milliseconds. */
  private static boolean tryRemove(Controller controller, int nodeId)
      throws InterruptedException, ExecutionException, TimeoutException {
    var context =
        new ControllerRequestContext(
            new RequestHeaderData(), KafkaPrincipal.ANONYMOUS, OptionalLong.empty());
    try {
      controller.unregisterBroker(context, nodeId).get(WAIT_MILLIS, TimeUnit.MILLISECONDS);
      return true;
    } catch (ExecutionException e) {
      return switch (e.getCause()) {
        case BrokerIdNotRegisteredException _ -> true;
        case NotControllerException _ -> false;
        case null, default -> throw e;
      };
    }
  }
}
