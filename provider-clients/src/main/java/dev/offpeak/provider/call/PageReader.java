package dev.offpeak.provider.call;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Takes what is wanted out of the pages of a list. */
@FunctionalInterface
public interface PageReader<T> {

  /**
   * Takes one page.
   *
   * @param found where to add what is wanted
   * @return the cursor of the next page; empty when no further one is needed
   * @throws IllegalArgumentException when it is no page
   */
  String read(JsonNode page, List<T> found);
}
