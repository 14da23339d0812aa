package dev.offpeak.provider.call;

import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * JSON as providers answer it, which may be odd where it does not matter: a number of thousands of
 * digits, or one that is none, makes no answer unreadable. What it may weigh as a tree is bounded.
 */
public final class AnswerJson {

  private static final int LONGEST_NUMBER = 100_000;

  /** A page of 1,000 batches has about 60,000. */
  private static final long MOST_TOKENS = 1_000_000;

  private AnswerJson() {}

  /** A reader and writer of one account's calls. */
  public static ObjectMapper mapper() {
    JsonMapper mapper =
        JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();
    mapper
        .getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder()
                .maxNumberLength(LONGEST_NUMBER)
                .maxStringLength(Integer.MAX_VALUE)
                .maxTokenCount(MOST_TOKENS)
                .build());
    return mapper;
  }
}
