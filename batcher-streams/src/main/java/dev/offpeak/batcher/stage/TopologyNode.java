package dev.offpeak.batcher.stage;

/** Names of the topology's nodes and stores. They are part of what is stored: never rename one. */
public final class TopologyNode {

  /** Reads llm.requests. */
  public static final String REQUESTS = "requests";

  /** Reads llm.retries. */
  public static final String RETRIES = "retries";

  /** Decodes, checks and routes requests. */
  public static final String ADMISSION = "admission";

  /** Routes retries again. */
  public static final String RETRY = "retry";

  /** Writes llm.lanes. */
  public static final String TO_LANES = "to-lanes";

  /** Writes what admission rejects to llm.failures. */
  public static final String REJECTED = "rejected";

  /** Reads llm.lanes. */
  public static final String LANES = "lanes";

  /** Drops duplicates, fills and seals batches. */
  public static final String ASSEMBLY = "assembly";

  /** Writes llm.batches. */
  public static final String TO_BATCHES = "to-batches";

  /** Writes llm.urgent. */
  public static final String TO_URGENT = "to-urgent";

  /** Writes what assembly rejects to llm.failures. */
  public static final String CONFLICTS = "conflicts";

  /** Writes llm.duplicates. */
  public static final String TO_DUPLICATES = "to-duplicates";

  /** Reads llm.control, on every instance. */
  public static final String CONTROL = "control";

  /** Applies what llm.control says. */
  public static final String FLUSH = "flush";

  /** Store: requests seen within the dedup window. */
  public static final String SEEN = "seen-requests";

  /** Store: open batches. */
  public static final String OPEN_BATCHES = "open-batches";

  /** Store, whole on every instance: what llm.control comes to. */
  public static final String CONTROL_STATE = "control-state";

  private TopologyNode() {}
}
