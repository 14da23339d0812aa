package dev.offpeak.ledger.command;

import dev.offpeak.ledger.report.Sums;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** A ledger-service, asked by HTTP. */
final class LedgerAtWork {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int OK = 200;

  private LedgerAtWork() {}

  /** What it adds up to now. */
  static Sums sums(String console) throws InterruptedException {
    return Sums.parse(text(console, "sums"));
  }

  /** What it says there. */
  static String text(String console, String page) throws InterruptedException {
    URI uri = URI.create(console.endsWith("/") ? console + page : console + "/" + page);
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          http.send(HttpRequest.newBuilder(uri).timeout(PATIENCE).build(), BodyHandlers.ofString());
      if (answer.statusCode() != OK) {
        throw new IOException(uri + " answers with " + answer.statusCode());
      }
      return answer.body();
    } catch (IOException e) {
      throw new UncheckedIOException("the ledger at " + uri + " can't be asked", e);
    }
  }
}
