package dev.offpeak.provider.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.offpeak.core.outcome.FailureCode;
import dev.offpeak.core.provider.InputFile;
import dev.offpeak.core.provider.ProviderError;
import dev.offpeak.core.wait.Sleeper;
import dev.offpeak.provider.Answer;
import dev.offpeak.provider.Payload;
import dev.offpeak.provider.account.Timeouts;
import dev.offpeak.provider.call.AskedFor;
import dev.offpeak.provider.call.ErrorWords;
import dev.offpeak.provider.call.JsonCalls;
import dev.offpeak.provider.call.JsonText;
import dev.offpeak.provider.call.PathSegment;
import dev.offpeak.provider.foreign.ForeignNumbers;
import dev.offpeak.provider.foreign.ForeignTimes;
import dev.offpeak.provider.http.Effect;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Input files at Gemini. Each is made under a name of our own, derived from its file name, so that
 * it is found again at once and can't be made twice; where Gemini takes no such name, it is found
 * by its display name (docs/providers C1, C5).
 */
final class GeminiFiles {

  private static final int CHUNK = 8 * 1024 * 1024;
  private static final int NAME_BYTES = 16;

  private final JsonCalls calls;
  private final GeminiRequests requests;
  private final ErrorWords words;
  private final Clock clock;
  private final Sleeper sleeper;
  private final Timeouts timeouts;

  GeminiFiles(
      JsonCalls calls,
      GeminiRequests requests,
      ErrorWords words,
      Clock clock,
      Sleeper sleeper,
      Timeouts timeouts) {
    this.calls = calls;
    this.requests = requests;
    this.words = words;
    this.clock = clock;
    this.sleeper = sleeper;
    this.timeouts = timeouts;
  }

  Answer<InputFile> upload(String fileName, Payload payload) {
    String name = ownName(fileName);
    return switch (start(fileName, name, payload.length())) {
      case Answer.Ok<URI>(URI session) -> upload(session, fileName, payload);
      case Answer.Failed<URI>(ProviderError error) when isTaken(error) ->
          whatIsThere(name, fileName, payload);
      case Answer.Failed<URI>(ProviderError.Rejected _) -> uploadUnnamed(fileName, payload);
      case Answer.Failed<URI>(ProviderError error) -> Answer.failed(error);
    };
  }

  /** Gemini gives the name: ours was refused, or belonged to a file that was deleted. */
  private Answer<InputFile> uploadUnnamed(String fileName, Payload payload) {
    return switch (start(fileName, null, payload.length())) {
      case Answer.Ok<URI>(URI session) -> upload(session, fileName, payload);
      case Answer.Failed<URI>(ProviderError error) -> Answer.failed(error);
    };
  }

  private static boolean isTaken(ProviderError error) {
    return error.code().equals(RpcCode.ALREADY_EXISTS.name());
  }

  /** A file name stands for one payload, so the file of that name and size is the one wanted. */
  private Answer<InputFile> whatIsThere(String name, String fileName, Payload payload) {
    return switch (get(name, fileName)) {
      case Answer.Ok<InputFile>(InputFile there) when there.bytes() == payload.length() ->
          Answer.ok(there);
      case Answer.Ok<InputFile>(InputFile other) ->
          Answer.failed(
              new ProviderError.Rejected(
                  RpcCode.ALREADY_EXISTS.name(),
                  name
                      + " is there with "
                      + other.bytes()
                      + " bytes and not with "
                      + payload.length()
                      + "; delete it"));
      case Answer.Failed<InputFile>(ProviderError.Gone _) -> uploadUnnamed(fileName, payload);
      case Answer.Failed<InputFile> failed -> failed;
    };
  }

  private Answer<URI> start(String fileName, @Nullable String name, long length) {
    Map<String, Object> file =
        name == null
            ? Map.of("displayName", fileName, "mimeType", requests.uploadType())
            : Map.of("displayName", fileName, "mimeType", requests.uploadType(), "name", name);
    Answer<String> session =
        calls.answered(
            GeminiCall.START_UPLOAD,
            requests.startUpload(length, calls.bytes(Map.of("file", file))),
            Effect.NONE,
            response ->
                response
                    .headers()
                    .firstValue("x-goog-upload-url")
                    .orElseThrow(() -> new IllegalArgumentException("no x-goog-upload-url")));
    return switch (session) {
      case Answer.Failed<String>(ProviderError error) -> Answer.failed(error);
      case Answer.Ok<String>(String answered) ->
          requests
              .resolve(answered)
              .map(Answer::ok)
              .orElseGet(() -> Answer.failed(foreign(answered)));
    };
  }

  /** Nothing is sent there: a file holds everybody's requests. */
  private ProviderError foreign(String answered) {
    return new ProviderError.AccountProblem(
        FailureCode.FOREIGN_ADDRESS.id(),
        words.answered(
            GeminiCall.START_UPLOAD,
            200,
            "the upload is to go to another server: "
                + answered
                + "; set the account's base-url to the server that takes uploads",
            new byte[0]));
  }

  private Answer<InputFile> upload(URI session, String fileName, Payload payload) {
    ResumableUpload upload =
        new ResumableUpload(calls, requests, sleeper, timeouts, session, payload.length(), CHUNK);
    return switch (upload.run(payload)) {
      case Answer.Failed<JsonNode>(ProviderError error) -> Answer.failed(error);
      case Answer.Ok<JsonNode>(JsonNode file) when file.hasNonNull("name") ->
          Answer.ok(read(file, fileName));
      case Answer.Ok<JsonNode> _ -> lookUp(fileName);
    };
  }

  /** The file of an upload that ended well without naming it (python-genai#1248). */
  private Answer<InputFile> lookUp(String fileName) {
    Answer<List<InputFile>> found = find(fileName);
    if (found instanceof Answer.Ok<List<InputFile>>(List<InputFile> files) && !files.isEmpty()) {
      return Answer.ok(files.getFirst());
    }
    return Answer.failed(
        new ProviderError.Ambiguous(
            FailureCode.UPLOAD_WITHOUT_FILE.id(),
            "the upload has ended, but was answered without its file"));
  }

  Answer<List<InputFile>> find(String fileName) {
    return switch (get(ownName(fileName), fileName)) {
      case Answer.Ok<InputFile>(InputFile file) -> Answer.ok(List.of(file));
      case Answer.Failed<InputFile>(ProviderError.Gone _) -> findByDisplayName(fileName);
      case Answer.Failed<InputFile>(ProviderError error) -> Answer.failed(error);
    };
  }

  /** How the file of that name is. */
  Answer<InputFile> get(String name) {
    return get(name, name);
  }

  private Answer<InputFile> get(String name, String fileName) {
    Function<JsonNode, InputFile> read = file -> AskedFor.file(name, read(file, fileName));
    return calls.call(
        GeminiCall.GET_FILE, requests.get(GeminiRequests.path(name)), Effect.NONE, read);
  }

  private Answer<List<InputFile>> findByDisplayName(String fileName) {
    return list(fileName::equals);
  }

  /** Files whose display name is wanted. */
  Answer<List<InputFile>> list(Predicate<String> wanted) {
    return calls.pages(
        GeminiCall.FIND_FILES,
        token -> requests.get("files?pageSize=100" + pageToken(token)),
        (page, found) -> {
          for (JsonNode file : page.path("files")) {
            String name = JsonText.find(file, "displayName", "");
            if (wanted.test(name)) {
              found.add(read(file, name));
            }
          }
          return JsonText.find(page, "nextPageToken", "");
        });
  }

  Answer<Boolean> delete(String name) {
    return JsonCalls.orGone(
        calls.call(
            GeminiCall.DELETE_FILE,
            requests.delete(GeminiRequests.path(name)),
            Effect.NONE,
            answer -> true),
        true);
  }

  static String pageToken(String token) {
    return token.isEmpty() ? "" : "&pageToken=" + PathSegment.of(token);
  }

  private InputFile read(JsonNode file, String fileName) {
    String name = JsonText.find(file, "name");
    if (name == null) {
      throw new IllegalArgumentException("a file without name");
    }
    return new InputFile(
        name,
        JsonText.find(file, "displayName", fileName),
        Math.max(0, ForeignNumbers.read(file.path("sizeBytes"), Long.MAX_VALUE)),
        ForeignTimes.or(ForeignTimes.text(file.path("createTime")), clock.instant()),
        switch (JsonText.find(file, "state", "")) {
          case "PROCESSING" -> InputFile.State.PENDING;
          case "FAILED" -> InputFile.State.FAILED;
          default -> InputFile.State.READY;
        });
  }

  /** At most 40 of lower case letters, digits and dashes: {@code op-} and a digest. */
  static String ownName(String fileName) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(fileName.getBytes(UTF_8));
      return "files/op-" + HexFormat.of().formatHex(digest, 0, NAME_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
