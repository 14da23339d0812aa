package dev.offpeak.ingest.http;

import dev.offpeak.ingest.line.BodyTooLarge;
import dev.offpeak.ingest.line.LimitedBody;
import dev.offpeak.ingest.line.UnfitBody;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.util.function.BooleanSupplier;

/** Reads bodies whole, within bounds. */
public final class Bodies {

  private final BodyBounds bounds;
  private final long most;
  private final BooleanSupplier stopping;

  /**
   * @param most bytes of one body, after decompression
   * @param stopping whether to wait no longer for one
   */
  public Bodies(BodyBounds bounds, long most, BooleanSupplier stopping) {
    this.bounds = bounds;
    this.most = most;
    this.stopping = stopping;
  }

  /**
   * The body of a request; empty when it has none.
   *
   * @throws ApiException when it is too large, too slow or broken
   */
  public byte[] read(ServerRequest request) {
    if (!request.content().hasEntity()) {
      return new byte[0];
    }
    try (var body = RequestBody.of(request, bounds, stopping)) {
      return new LimitedBody(body.inflated(), most).readAllBytes();
    } catch (BodyTooLarge e) {
      throw new ApiException(
          new ApiError(
              413,
              "request_too_large",
              "the body has more than " + most + " bytes (proxy.body-bytes)"));
    } catch (UnfitBody e) {
      throw new ApiException(new ApiError(408, "body_too_slow", String.valueOf(e.getMessage())));
    } catch (IOException e) {
      throw new ApiException(
          new ApiError(400, "unreadable_body", "the body broke off: " + e.getMessage()));
    }
  }
}
