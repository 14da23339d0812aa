package dev.offpeak.standalone.command;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where commands keep what they need to go on. */
final class StateFolder {

  private StateFolder() {}

  /** The folder that was given, or OFFPEAK_HOME, or .offpeak here. */
  static Path of(@Nullable Path given) {
    String fromEnvironment = System.getenv("OFFPEAK_HOME");
    Path home =
        given != null ? given : Path.of(fromEnvironment == null ? ".offpeak" : fromEnvironment);
    return home.toAbsolutePath().normalize();
  }
}
