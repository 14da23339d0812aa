package dev.offpeak.kafka.embedded;

/** The embedded broker could not start: its port is taken, its folder is in use or unreadable. */
public final class BrokerFailedToStart extends RuntimeException {

  private static final long serialVersionUID = 1L;

  BrokerFailedToStart(BrokerOptions options, Throwable cause) {
    super(
        "The embedded Kafka broker with its data in "
            + options.folder()
            + " did not start: "
            + cause.getMessage()
            + ". Another process may be using the folder or port "
            + options.port()
            + ".",
        cause);
  }
}
