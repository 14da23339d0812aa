package dev.offpeak.standalone.dataset;

/** A record of a data set that no request can be made of; the message says why, for a person. */
public final class UnusableRecord extends Exception {

  private static final long serialVersionUID = 1L;

  UnusableRecord(String message) {
    super(message);
  }
}
