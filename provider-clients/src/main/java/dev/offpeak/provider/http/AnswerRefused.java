package dev.offpeak.provider.http;

import java.io.IOException;

/** An answer that came and is not taken: too large, or in a form that was not asked for. */
final class AnswerRefused extends IOException {

  private static final long serialVersionUID = 1L;

  private final String code;

  AnswerRefused(String code, String message) {
    super(message);
    this.code = code;
  }

  /** Our word for it. */
  String code() {
    return code;
  }
}
