package dev.offpeak.batcher.admit;

import dev.offpeak.core.lane.Edition;
import dev.offpeak.core.lane.LineShape;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a request asks for, be it new or a retry.
 *
 * @param shape of its line
 * @param endpoint the provider's endpoint
 * @param model as the request names it
 * @param tenant who pays
 * @param account the account that is wished for, or null to route by model
 * @param deadline after which the caller has no use of the answer, or null
 * @param inputs embedding inputs; 1 for anything else
 * @param edition of the provider's API that is asked for
 * @param sampling the name of a parameter of the body that not every edition takes; null when there
 *     is none, or nobody has looked
 */
public record AdmissionRequest(
    LineShape shape,
    String endpoint,
    String model,
    String tenant,
    @Nullable String account,
    @Nullable Instant deadline,
    int inputs,
    Edition edition,
    @Nullable String sampling) {}
