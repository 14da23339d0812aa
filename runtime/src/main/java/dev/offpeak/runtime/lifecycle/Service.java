package dev.offpeak.runtime.lifecycle;

import io.helidon.webserver.http.HttpRouting;

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

  /** Adds routes to the process's HTTP server; called once, before {@link #start()}. */
  default void addRoutes(HttpRouting.Builder routing) {}

  /**
   * Takes nothing new, finishes or hands back what it has taken, and stops. May be repeated, and is
   * called also when {@link #start()} failed. Its routes may be called until this has returned.
   */
  @Override
  void close();
}
