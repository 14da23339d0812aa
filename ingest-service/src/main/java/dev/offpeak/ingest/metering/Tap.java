package dev.offpeak.ingest.metering;

/** Sees an answer pass by. */
public interface Tap {

  /** Of nobody's interest. */
  Tap NONE =
      new Tap() {
        @Override
        public void piece(byte[] bytes) {}

        @Override
        public void end(boolean isWhole) {}
      };

  /** These bytes were handed on. */
  void piece(byte[] bytes);

  /**
   * No more will be.
   *
   * @param isWhole whether all of it was there
   */
  void end(boolean isWhole);
}
