package dev.offpeak.schemas.request;

import dev.offpeak.core.lane.LineShape;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which urls a line of OpenAI's shape may have.
 *
 * @param bare whether the version may be left out ({@code /chat/completions}), as Azure's files do;
 *     the request's endpoint has it all the same
 * @param more endpoints besides OpenAI's, of servers that have their own
 * @param any whether everything that looks like a path will do, for who does not know the accounts
 */
public record TakenUrls(boolean bare, Set<String> more, boolean any) {

  /** OpenAI's. */
  public static final TakenUrls OPENAI = new TakenUrls(false, Set.of(), false);

  /** OpenAI's, with and without their version. */
  public static final TakenUrls BARE = new TakenUrls(true, Set.of(), false);

  /** All that any account could take. */
  public static final TakenUrls ANY = new TakenUrls(true, Set.of(), true);

  public TakenUrls {
    more = Set.copyOf(more);
  }

  /** The endpoint that is meant, or null when it is none. */
  @Nullable String endpoint(@Nullable String url) {
    if (url == null || more.contains(url)) {
      return url;
    }
    String whole = bare ? Endpoints.withVersion(url) : url;
    boolean known = LineShape.OPENAI.endpoints().contains(whole) || (any && whole.startsWith("/"));
    return known ? whole : null;
  }

  /** All that can be written. */
  List<String> listed() {
    return Stream.concat(LineShape.OPENAI.endpoints().stream(), more.stream().sorted())
        .distinct()
        .toList();
  }
}
