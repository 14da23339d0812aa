package dev.offpeak.ledger.proof;

import java.util.regex.Pattern;

/**
 * What providers tell apart, as we do: a model, and whether it was a batch.
 *
 * @param model without the date of a snapshot, which only one side may name
 * @param mode {@code batch} or {@code sync}; of embeddings always {@code batch}, since reports do
 *     not tell them apart
 */
public record What(String model, String mode) {

  private static final Pattern SNAPSHOT = Pattern.compile("-(\\d{4}-\\d{2}-\\d{2}|\\d{8})$");

  public What {
    model = plain(model);
    mode = model.startsWith("text-embedding") ? "batch" : mode;
  }

  static String plain(String model) {
    String name = model.startsWith("models/") ? model.substring("models/".length()) : model;
    return SNAPSHOT.matcher(name).replaceFirst("");
  }

  @Override
  public String toString() {
    return model + " " + mode;
  }
}
