package dev.offpeak.simulator.http;

/** A call that is answered with an error: not a failure of the simulator, but its answer. */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Reply reply;

  /** The answer to give. */
  public Refusal(Reply reply) {
    super("refused with " + reply.status(), null, false, false);
    this.reply = reply;
  }

  /** The answer to give. */
  public Reply reply() {
    return reply;
  }
}
