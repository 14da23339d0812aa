package dev.offpeak.provider.http;

import dev.offpeak.core.outcome.FailureCode;
import dev.offpeak.provider.account.Timeouts;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.util.List;
import java.util.Optional;

/**
 * How answers are read. What is compressed was not asked for: it is never unpacked, so that no few
 * bytes become many.
 */
public final class Answers {

  /** A page of 1,000 files is about 300 kB. */
  private static final int SMALL = 16 * 1024 * 1024;

  private static final int PAID = 64 * 1024 * 1024;

  private static final int MOST_QUOTED = 40;

  private Answers() {}

  /** The whole body, which must be small: an answer of more than 16 MiB fails the call. */
  public static BodyHandler<byte[]> small() {
    return small(SMALL);
  }

  /** The whole body of a synchronous answer, which is paid for: up to 64 MiB. */
  public static BodyHandler<byte[]> paid() {
    return small(PAID);
  }

  static BodyHandler<byte[]> small(int most) {
    return info -> {
      Optional<String> packed = packed(info);
      if (packed.isEmpty()) {
        return new SmallBody(most);
      }
      return isGood(info)
          ? new RefusedBody<>(refusal(packed.get()))
          : BodySubscribers.replacing(new byte[0]);
    };
  }

  /** A stream that fails when bytes come too slowly; to be closed by its reader. */
  public static BodyHandler<InputStream> stream(Timeouts timeouts) {
    return info -> {
      Optional<String> packed = packed(info);
      if (packed.isEmpty()) {
        return new AnswerStream(timeouts.pace());
      }
      return isGood(info)
          ? new RefusedBody<>(refusal(packed.get()))
          : BodySubscribers.replacing(InputStream.nullInputStream());
    };
  }

  private static boolean isGood(ResponseInfo info) {
    return info.statusCode() / 100 == 2;
  }

  private static Optional<String> packed(ResponseInfo info) {
    HttpHeaders headers = info.headers();
    List<String> encodings = headers.allValues("content-encoding");
    return encodings.stream()
        .map(String::strip)
        .filter(encoding -> !encoding.isEmpty() && !encoding.equalsIgnoreCase("identity"))
        .findFirst();
  }

  private static AnswerRefused refusal(String encoding) {
    String quoted =
        encoding.length() <= MOST_QUOTED ? encoding : encoding.substring(0, MOST_QUOTED) + "…";
    return new AnswerRefused(
        FailureCode.COMPRESSED_ANSWER.id(),
        "it is compressed (" + quoted + "), which was not asked for");
  }
}
