package dev.offpeak.provider.openai;

import dev.offpeak.core.lane.LineShape;
import dev.offpeak.core.limits.ProviderLimits;
import dev.offpeak.core.price.CachedInBatch;
import dev.offpeak.core.quota.QuotaUnit;
import dev.offpeak.provider.BatchFormat;
import dev.offpeak.provider.BatchProvider;
import dev.offpeak.provider.SyncProvider;
import dev.offpeak.provider.account.Account;
import dev.offpeak.provider.account.AccountConfig;
import dev.offpeak.provider.account.AuthHeader;
import dev.offpeak.provider.account.CallHeaders;
import dev.offpeak.provider.account.Connection;
import dev.offpeak.provider.account.ProviderProfile;
import dev.offpeak.provider.call.PathSegment;
import dev.offpeak.provider.format.BatchFormats;
import dev.offpeak.provider.http.ObservedTransport;
import dev.offpeak.provider.live.LiveShape;
import dev.offpeak.provider.live.LiveShape.Last;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What all have in common who speak OpenAI's files and batches API. */
interface OpenAiLike extends ProviderProfile {

  /** From there on discounts multiply. */
  int FIRST_GPT_THAT_STACKS = 5;

  /** The number of a model of GPT. */
  Pattern GPT = Pattern.compile("gpt-(\\d{1,3})\\b.*");

  /** A pro model, or a snapshot of one. */
  Pattern PRO = Pattern.compile("-pro(-|$)");

  @Override
  default LineShape shape() {
    return LineShape.OPENAI;
  }

  @Override
  default ProviderLimits limits(AccountConfig account) {
    return OpenAiProfile.LIMITS;
  }

  /** Enqueued input tokens (docs/providers A2). */
  @Override
  default QuotaUnit quotaUnit() {
    return QuotaUnit.TOKENS;
  }

  /**
   * Discounts multiply from GPT-5 on and do not before; the pro models have none for the cache (as
   * third parties report).
   */
  @Override
  default CachedInBatch cachedInBatch(String model) {
    Matcher gpt = GPT.matcher(model);
    boolean stacks =
        gpt.matches()
            && !PRO.matcher(model).find()
            && Integer.parseInt(gpt.group(1)) >= FIRST_GPT_THAT_STACKS;
    return stacks ? CachedInBatch.HALF : CachedInBatch.AS_INPUT;
  }

  /** A version in the query is Azure's way; elsewhere none is configured. */
  @Override
  default CallHeaders calls() {
    return new CallHeaders(
        AuthHeader.BEARER, "api-key", "openai-organization", "openai-project", true);
  }

  /** Azure's deployments, which are called as the models are, stand in the path. */
  @Override
  default String callPath(Account account, @Nullable String model, String path) {
    boolean byDeployment = account.hasBareEndpoints() && account.wire().apiVersion() != null;
    return byDeployment && model != null ? "/deployments/" + PathSegment.of(model) + path : path;
  }

  /** Of Responses, events hold the response; of all others, the last event has the counts. */
  @Override
  default LiveShape live() {
    return new LiveShape("response", "model", "usage", OpenAiUsage::read, Last.ANY);
  }

  @Override
  default BatchFormat format() {
    return BatchFormats.OPENAI;
  }

  @Override
  default BatchProvider batches(Account account, Connection connection) {
    return new OpenAiProvider(
        account,
        ObservedTransport.of(account, connection),
        connection.timeouts(),
        connection.clock());
  }

  @Override
  default SyncProvider sync(Account account, Connection connection) {
    return new OpenAiSync(account, ObservedTransport.of(account, connection), connection.clock());
  }
}
