package dev.offpeak.benchmarks.measure;

/** The same work done by raw Kafka and by Offpeak, against the same broker. */
public interface Pair extends AutoCloseable {

  /** What is compared, for a row of the table. */
  Comparison comparison();

  /** Sets up the input that both sides of one round work on; takes no part in the times. */
  void prepare(int round) throws Exception;

  /** Raw Kafka does the work; answers with the seconds. */
  double raw() throws Exception;

  /** Offpeak does the work; answers with the seconds. */
  double ours() throws Exception;

  /** Removes what was set up. */
  @Override
  default void close() throws Exception {}
}
