package dev.offpeak.standalone.command;

/** Exit codes of the command line besides 0. */
final class ExitCode {

  static final int SOME_FAILED = 1;
  static final int USAGE = 2;
  static final int COULD_NOT_RUN = 3;
  static final int WAITED_IN_VAIN = 4;
  static final int STOPPED = 130;

  private ExitCode() {}
}
