package dev.offpeak.ingest.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/**
 * Opens gzip data of any number of members, one after the other as {@code cat a.gz b.gz} makes
 * them. Java's own stream takes "nothing available yet" for the end after each member, and would
 * silently leave out what a slow client has still to send.
 */
final class GzipMembers {

  private static final int BUFFER = 64 * 1024;

  private GzipMembers() {}

  /** The inflated data. The start of it is read at once. */
  static InputStream open(InputStream compressed) throws IOException {
    return new GZIPInputStream(new PerhapsMore(compressed), BUFFER);
  }

  private static final class PerhapsMore extends FilterInputStream {
    PerhapsMore(InputStream in) {
      super(in);
    }

    @Override
    public int available() {
      return 1;
    }
  }
}
