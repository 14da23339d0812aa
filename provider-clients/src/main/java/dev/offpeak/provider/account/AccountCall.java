package dev.offpeak.provider.account;

import dev.offpeak.core.lane.Provider;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What somebody else's call becomes when it is made with an account: its address and its key. */
public final class AccountCall {

  private AccountCall() {}

  /**
   * Where it goes.
   *
   * @param path behind the account's base, encoded, with a slash before it
   * @param query encoded, without a question mark; null for none
   */
  public static URI address(Account account, String path, @Nullable String query) {
    String version = account.provider() == Provider.OPENAI ? account.wire().apiVersion() : null;
    String asked = query == null || query.isEmpty() ? "" : "?" + query;
    String whole =
        version == null ? asked : (asked.isEmpty() ? "?" : asked + "&") + "api-version=" + version;
    return URI.create(account.baseUrl() + path + whole);
  }

  /**
   * The headers that say who pays.
   *
   * @throws IllegalStateException when the account has no key
   */
  public static Map<String, String> headers(Account account) {
    Map<String, String> headers = new LinkedHashMap<>();
    if (sendsBearer(account)) {
      headers.put("authorization", "Bearer " + account.requireKey());
    } else {
      headers.put(keyHeader(account.provider()), account.requireKey());
    }
    if (account.organization() != null && account.provider() == Provider.OPENAI) {
      headers.put("openai-organization", account.organization());
    }
    if (account.project() != null) {
      headers.put(projectHeader(account.provider()), account.project());
    }
    return headers;
  }

  private static boolean sendsBearer(Account account) {
    AuthHeader usual =
        account.provider() == Provider.GEMINI ? AuthHeader.API_KEY : AuthHeader.BEARER;
    return account.wire().authOr(usual) == AuthHeader.BEARER;
  }

  private static String keyHeader(Provider provider) {
    return switch (provider) {
      case OPENAI -> "api-key";
      case ANTHROPIC -> "x-api-key";
      case GEMINI -> "x-goog-api-key";
    };
  }

  private static String projectHeader(Provider provider) {
    return switch (provider) {
      case OPENAI -> "openai-project";
      case ANTHROPIC -> "anthropic-workspace-id";
      case GEMINI -> "x-goog-user-project";
    };
  }
}
