package dev.offpeak.schemas.topic;

/** What Kafka does with old records of a topic. */
public enum Cleanup {

  /** They are deleted after the retention. */
  DELETE("delete"),

  /** The last record of each key is kept for ever. */
  COMPACT("compact"),

  /** Deleted like {@link #DELETE} when we create the topic; afterwards its users decide. */
  USERS_CHOICE("delete");

  private final String policy;

  Cleanup(String policy) {
    this.policy = policy;
  }

  /** The value of {@code cleanup.policy}. */
  String policy() {
    return policy;
  }
}
