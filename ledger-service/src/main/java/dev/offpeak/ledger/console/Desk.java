package dev.offpeak.ledger.console;

import dev.offpeak.schemas.avro.ControlRecord;

/** Where the console asks the services for something. */
public interface Desk {

  /**
   * Asks for it.
   *
   * @return what was asked for, in words
   * @throws RuntimeException when it can't be asked for
   */
  String ask(ControlRecord.Builder command) throws InterruptedException;

  /**
   * Sends requests that failed again.
   *
   * @param code of which; empty for those that are worth it
   * @param replayId with the same one nothing is sent twice
   * @return what was sent, in words
   * @throws RuntimeException when it can't be done
   */
  String sendAgain(String code, String replayId) throws InterruptedException;
}
