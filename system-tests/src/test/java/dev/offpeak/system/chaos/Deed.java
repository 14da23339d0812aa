package dev.offpeak.system.chaos;

/** What is done to a process. */
enum Deed {
  /** {@code kill -9}, and started again after a while. */
  KILL,
  /** {@code kill -STOP}, and {@code kill -CONT} after a while. */
  FREEZE,
  /** {@code kill}, and started again when it has ended. */
  RESTART
}
