package dev.offpeak.schemas.foreign;

import dev.offpeak.schemas.registry.RegistryUnavailable;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;

/**
 * What an exception of someone else's serializer means. Confluent's wraps everything alike; which
 * causes mean what was seen with its release 7.9.5.
 */
final class ForeignFailure {

  /** How Confluent's client tells a registry's own 404 (of five digits) from other servers'. */
  private static final Pattern NO_SUCH_SCHEMA = Pattern.compile("error code: 404\\d\\d");

  private static final String REST_CLIENT = "RestClientException";

  private ForeignFailure() {}

  static RuntimeException of(String what, RuntimeException e) {
    if (e instanceof RegistryUnavailable
        || e instanceof InterruptException
        || e instanceof ConfigException) {
      return e;
    }
    String message = what + ": " + e.getMessage();
    return isRegistrys(e)
        ? new RegistryUnavailable(message, e)
        : new SerializationException(message, e);
  }

  /** Whether it says nothing about the record. */
  private static boolean isRegistrys(RuntimeException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (isAnswer(cause)) {
        return !NO_SUCH_SCHEMA.matcher(String.valueOf(cause.getMessage())).find();
      }
      if (isNetworks(cause)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAnswer(Throwable cause) {
    return cause instanceof InvalidConfigurationException
        || cause.getClass().getSimpleName().equals(REST_CLIENT);
  }

  private static boolean isNetworks(Throwable cause) {
    return cause instanceof RetriableException
        || cause instanceof SocketException
        || cause instanceof UnknownHostException
        || cause instanceof InterruptedIOException
        || cause instanceof HttpTimeoutException
        || cause instanceof SSLException;
  }
}
