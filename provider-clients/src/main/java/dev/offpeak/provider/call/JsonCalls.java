package dev.offpeak.provider.call;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.offpeak.core.provider.ProviderError;
import dev.offpeak.provider.Answer;
import dev.offpeak.provider.ResultStream;
import dev.offpeak.provider.account.Timeouts;
import dev.offpeak.provider.http.Answers;
import dev.offpeak.provider.http.Effect;
import dev.offpeak.provider.http.Transport;
import dev.offpeak.provider.http.TransportFailure;
import dev.offpeak.provider.line.LineParser;
import dev.offpeak.provider.line.LineStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The calls of one account. Each is sent once. */
public final class JsonCalls {

  private static final int ERROR_BYTES = 64 * 1024;

  private final Transport transport;
  private final ObjectMapper json;
  private final ErrorMapping errors;
  private final ErrorWords words;
  private final Timeouts timeouts;

  /** Calls over that transport. */
  public JsonCalls(
      Transport transport,
      ObjectMapper json,
      ErrorMapping errors,
      ErrorWords words,
      Timeouts timeouts) {
    this.transport = transport;
    this.json = json;
    this.errors = errors.waitingAtMost(timeouts.longestWait());
    this.words = words;
    this.timeouts = timeouts;
  }

  /**
   * A call with a JSON answer.
   *
   * @param read throws IllegalArgumentException when the answer is not what it should be
   */
  public <T> Answer<T> call(
      String operation, HttpRequest request, Effect effect, Function<JsonNode, T> read) {
    return answered(operation, request, effect, response -> read.apply(json(response)));
  }

  /**
   * A call whose whole answer matters, headers too.
   *
   * @param read throws IllegalArgumentException when the answer is not what it should be
   */
  public <T> Answer<T> answered(
      String operation,
      HttpRequest request,
      Effect effect,
      Function<HttpResponse<byte[]>, T> read) {
    try {
      HttpResponse<byte[]> response = transport.send(operation, request, Answers.small());
      return isGood(response)
          ? Answer.ok(read.apply(response))
          : Answer.failed(refused(operation, response, response.body(), effect));
    } catch (TransportFailure e) {
      return Answer.failed(e.error(effect));
    } catch (IllegalArgumentException e) {
      return Answer.failed(words.unreadable(operation, effect, String.valueOf(e.getMessage())));
    } catch (RuntimeException e) {
      // Whatever a provider answers is no reason to break down, such as a time beyond all time.
      return Answer.failed(words.unreadable(operation, effect, e.toString()));
    }
  }

  /** An answer that is not good. A redirect is never followed: the key would go along. */
  private ProviderError refused(
      String operation, HttpResponse<?> response, byte[] body, Effect effect) {
    int status = response.statusCode();
    if (status / 100 == 3) {
      return words.redirected(
          operation, status, response.headers().firstValue("location").orElse(""), effect);
    }
    return errors.of(operation, status, response.headers(), body, effect);
  }

  /**
   * The body of an answer.
   *
   * @throws IllegalArgumentException when it is not JSON
   */
  public JsonNode json(HttpResponse<byte[]> response) {
    try {
      return json.readTree(response.body());
    } catch (IOException e) {
      throw new IllegalArgumentException(words.notJson(response.body(), e), e);
    }
  }

  /**
   * What is wanted of all pages of a list.
   *
   * @param request makes the request from a cursor, empty for the first page
   */
  public <T> Answer<List<T>> pages(
      String operation, Function<String, HttpRequest> request, PageReader<T> reader) {
    List<T> found = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    String cursor = "";
    while (seen.add(cursor)) {
      Answer<String> page =
          call(operation, request.apply(cursor), Effect.NONE, answer -> reader.read(answer, found));
      switch (page) {
        case Answer.Failed<String>(ProviderError error) -> {
          return Answer.failed(error);
        }
        case Answer.Ok<String>(String next) -> {
          if (next.isEmpty()) {
            return Answer.ok(List.copyOf(found));
          }
          cursor = next;
        }
      }
    }
    return Answer.failed(
        words.unreadable(operation, Effect.NONE, "the list comes back to its page " + cursor));
  }

  /** A download, line by line. */
  public Answer<ResultStream> open(String operation, HttpRequest request, LineParser parser) {
    try {
      HttpResponse<InputStream> response =
          transport.send(operation, request, Answers.stream(timeouts));
      if (isGood(response)) {
        return Answer.ok(new LineStream(response.body(), parser));
      }
      try (InputStream body = response.body()) {
        return Answer.failed(
            refused(operation, response, body.readNBytes(ERROR_BYTES), Effect.NONE));
      }
    } catch (TransportFailure e) {
      return Answer.failed(e.error(Effect.NONE));
    } catch (IOException e) {
      return Answer.failed(
          words.unreadable(operation, Effect.NONE, String.valueOf(e.getMessage())));
    }
  }

  /** That value where the answer is that the thing does not exist. */
  public static <T> Answer<T> orGone(Answer<T> answer, T value) {
    return answer instanceof Answer.Failed<T>(ProviderError.Gone gone) ? Answer.ok(value) : answer;
  }

  /** A request's body. */
  public byte[] bytes(Map<String, Object> body) {
    try {
      return json.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a map of strings and numbers is always JSON", e);
    }
  }

  private static boolean isGood(HttpResponse<?> response) {
    return response.statusCode() / 100 == 2;
  }
}
