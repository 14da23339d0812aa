package dev.offpeak.provider.account;

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
    String version =
        account.profile().calls().versionInQuery() ? account.wire().apiVersion() : null;
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
    CallHeaders names = account.profile().calls();
    Map<String, String> headers = new LinkedHashMap<>();
    if (account.wire().authOr(names.auth()) == AuthHeader.BEARER) {
      headers.put("authorization", "Bearer " + account.requireKey());
    } else {
      headers.put(names.key(), account.requireKey());
    }
    if (account.organization() != null && names.organization() != null) {
      headers.put(names.organization(), account.organization());
    }
    if (account.project() != null) {
      headers.put(names.project(), account.project());
    }
    return headers;
  }
}
