package dev.offpeak.provider.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.provider.Payload;
import java.io.IOException;
import java.io.OutputStream;

/**
 * The body of {@code POST /files}: what for, and the file. The boundary is fixed: a line of the
 * payload begins with a brace, so it can't stand there.
 */
final class MultipartUpload implements Payload {

  private static final String BOUNDARY = "offpeak-e7b1f0c2a94d4d0c8f53";

  static final String CONTENT_TYPE = "multipart/form-data; boundary=" + BOUNDARY;

  private final byte[] before;
  private final byte[] after;
  private final Payload file;

  MultipartUpload(String fileName, String purpose, Payload file) {
    if (!fileName.chars().allMatch(c -> c > ' ' && c < 0x7F && c != '"' && c != '\\')) {
      throw new IllegalArgumentException(
          "file name '" + fileName + "' must be printable ASCII without quotes");
    }
    this.before =
        String.join(
                "\r\n",
                "--" + BOUNDARY,
                "Content-Disposition: form-data; name=\"purpose\"",
                "",
                purpose,
                "--" + BOUNDARY,
                "Content-Disposition: form-data; name=\"file\"; filename=\"" + fileName + "\"",
                "Content-Type: application/jsonl",
                "",
                "")
            .getBytes(UTF_8);
    this.after = ("\r\n--" + BOUNDARY + "--\r\n").getBytes(UTF_8);
    this.file = file;
  }

  @Override
  public long length() {
    return before.length + file.length() + after.length;
  }

  @Override
  public void writeTo(OutputStream sink) throws IOException {
    sink.write(before);
    file.writeTo(sink);
    sink.write(after);
  }
}
