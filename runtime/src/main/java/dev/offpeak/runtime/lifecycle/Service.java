package dev.offpeak.runtime.lifecycle;

/** A part of a process that runs until it is closed. */
public interface Service extends AutoCloseable {

  /** What logs call it. */
  String name();

  /**
   * Begins to work and returns. What goes wrong later is reported to {@link
   * ServiceContext#failed(Throwable)}.
   *
   * @throws Exception when it cannot begin
   */
  void start() throws Exception;

  /**
   * Takes nothing new, finishes or hands back what it has taken, and stops. May be repeated, and is
   * called also when {@link #start()} failed.
   */
  @Override
  void close();
}
