package dev.offpeak.ingest.http;

import dev.offpeak.ingest.auth.Caller;
import dev.offpeak.ingest.line.BodyTooLarge;
import dev.offpeak.ingest.line.LimitedBody;
import dev.offpeak.ingest.line.UnfitBody;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Bodies of any size that are read as they come, so many at a time. */
public final class Incoming {

  private static final Duration TURN = Duration.ofSeconds(10);

  private final Turns turns;
  private final BodyBounds bounds;
  private final long most;
  private final BooleanSupplier stopping;

  /** Reads a body. */
  @FunctionalInterface
  public interface Reading<T> {

    /** Makes something of it; what is left of the body is passed over. */
    T read(InputStream body) throws IOException, InterruptedException;
  }

  /**
   * @param turns who may send one now
   * @param most bytes of one body
   * @param stopping whether to wait no longer for one
   */
  public Incoming(Turns turns, BodyBounds bounds, long most, BooleanSupplier stopping) {
    this.turns = turns;
    this.bounds = bounds;
    this.most = most;
    this.stopping = stopping;
  }

  /**
   * Reads the body of a request to its end.
   *
   * @throws ApiException when it can't be taken
   */
  public <T> T read(ServerRequest request, Caller caller, Reading<T> reading)
      throws InterruptedException {
    if (!turns.take(caller.name(), TURN)) {
      throw new ApiException(
          new ApiError(
              429,
              "too_many_streams",
              "as many bodies are coming in as may at the same time (limits.concurrent-streams,"
                  + " limits.streams-per-key): send this one again in a moment"));
    }
    try (var body = RequestBody.of(request, bounds, stopping)) {
      InputStream limited = new LimitedBody(body.inflated(), most);
      T made = reading.read(limited);
      // Whoever pipelines must not have its next request read as the rest of this one.
      limited.transferTo(OutputStream.nullOutputStream());
      return made;
    } catch (BodyTooLarge e) {
      throw new ApiException(
          new ApiError(
              413,
              "request_too_large",
              "the body has more than " + most + " bytes (limits.body-bytes)"));
    } catch (UnfitBody e) {
      throw new ApiException(new ApiError(408, "body_too_slow", String.valueOf(e.getMessage())));
    } catch (IOException e) {
      throw new ApiException(new ApiError(400, "invalid_request", String.valueOf(e.getMessage())));
    } finally {
      turns.giveBack(caller.name());
    }
  }
}
