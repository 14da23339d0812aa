package dev.offpeak.standalone.input;

import java.io.IOException;

/** An input that is not what request lines come in, with what is wrong and what to do. */
public final class BrokenInput extends IOException {

  private static final long serialVersionUID = 1L;

  /** The message says it for a person, without the file's name. */
  BrokenInput(String message) {
    super(message);
  }
}
