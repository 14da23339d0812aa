package dev.offpeak.ingest.proxy;

/** The client does not take the answer any more. */
final class ClientGone extends Exception {

  private static final long serialVersionUID = 1;

  ClientGone(Exception reason) {
    super(reason);
  }
}
