package dev.offpeak.provider.line;

import com.fasterxml.jackson.core.JsonParser;
import dev.offpeak.provider.ResultLine;
import java.io.IOException;

/** What stands in one line of JSON, gathered while it is parsed. */
public interface LineContent {

  /** Reads the object whose first brace is the current token, to its last. */
  void read(JsonParser in) throws IOException;

  /** The line in our words, after {@link #read}. */
  ResultLine result();

  /** The line as one that can't be read, with its id when that much was read. */
  ResultLine unreadable(String problem);
}
