package dev.offpeak.provider.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.offpeak.provider.Answer;
import dev.offpeak.provider.ProviderError;
import dev.offpeak.provider.ResultStream;
import dev.offpeak.provider.http.Answers;
import dev.offpeak.provider.http.Effect;
import dev.offpeak.provider.http.Timeouts;
import dev.offpeak.provider.http.Transport;
import dev.offpeak.provider.http.TransportFailure;
import dev.offpeak.provider.line.LineParser;
import dev.offpeak.provider.line.LineStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** One call each: sends, reads, and maps whatever goes wrong. */
final class OpenAiCalls {

  private static final int ERROR_BYTES = 64 * 1024;

  private final Transport transport;
  private final ObjectMapper json;
  private final OpenAiErrors errors;
  private final Timeouts timeouts;

  OpenAiCalls(Transport transport, ObjectMapper json, OpenAiErrors errors, Timeouts timeouts) {
    this.transport = transport;
    this.json = json;
    this.errors = errors;
    this.timeouts = timeouts;
  }

  /**
   * A call with a JSON answer.
   *
   * @param read throws IllegalArgumentException when the answer is not what it should be
   */
  <T> Answer<T> call(
      String operation, HttpRequest request, Effect effect, Function<JsonNode, T> read) {
    try {
      HttpResponse<byte[]> response = transport.send(operation, request, Answers.small());
      if (!isGood(response)) {
        return Answer.failed(
            errors.of(
                operation, response.statusCode(), response.headers(), response.body(), effect));
      }
      return Answer.ok(read.apply(json.readTree(response.body())));
    } catch (TransportFailure e) {
      return Answer.failed(e.error(effect));
    } catch (IOException | IllegalArgumentException e) {
      return Answer.failed(errors.unreadable(operation, effect, String.valueOf(e.getMessage())));
    }
  }

  /**
   * All pages of a list.
   *
   * @param request makes the request from the query that asks for what follows the page before
   * @param lastPage takes a page and says whether no further one is needed
   * @param found what {@code lastPage} has gathered
   */
  <T> Answer<List<T>> pages(
      String operation,
      Function<String, HttpRequest> request,
      Predicate<JsonNode> lastPage,
      List<T> found) {
    String after = "";
    while (true) {
      Answer<String> page =
          call(operation, request.apply(after), Effect.NONE, list -> next(list, lastPage));
      switch (page) {
        case Answer.Failed<String>(ProviderError error) -> {
          return Answer.failed(error);
        }
        case Answer.Ok<String>(String next) -> {
          if (next.isEmpty() || next.equals(after)) {
            return Answer.ok(List.copyOf(found));
          }
          after = next;
        }
      }
    }
  }

  /** Query for the page after this one, empty when it was the last. */
  private static String next(JsonNode list, Predicate<JsonNode> lastPage) {
    JsonNode page = list.path("data");
    if (!page.isArray()) {
      throw new IllegalArgumentException("a list without data");
    }
    boolean last = lastPage.test(page) || page.isEmpty() || !list.path("has_more").asBoolean();
    String id = last ? "" : page.path(page.size() - 1).path("id").asText("");
    return id.isEmpty() ? "" : "&after=" + OpenAiRequests.segment(id);
  }

  /** A download, line by line. */
  Answer<ResultStream> open(String operation, HttpRequest request, LineParser parser) {
    try {
      HttpResponse<InputStream> response =
          transport.send(operation, request, Answers.stream(timeouts.idle()));
      if (isGood(response)) {
        return Answer.ok(new LineStream(response.body(), parser));
      }
      try (InputStream body = response.body()) {
        return Answer.failed(
            errors.of(
                operation,
                response.statusCode(),
                response.headers(),
                body.readNBytes(ERROR_BYTES),
                Effect.NONE));
      }
    } catch (TransportFailure e) {
      return Answer.failed(e.error(Effect.NONE));
    } catch (IOException e) {
      return Answer.failed(
          errors.unreadable(operation, Effect.NONE, String.valueOf(e.getMessage())));
    }
  }

  /** That value where the answer is that the thing does not exist. */
  <T> Answer<T> orGone(Answer<T> answer, T value) {
    return answer instanceof Answer.Failed<T>(ProviderError.Gone gone) ? Answer.ok(value) : answer;
  }

  private static boolean isGood(HttpResponse<?> response) {
    return response.statusCode() / 100 == 2;
  }
}
