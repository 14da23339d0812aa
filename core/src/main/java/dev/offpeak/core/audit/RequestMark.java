package dev.offpeak.core.audit;

/** What is counted of a request; each count has a few bits of an int. */
public enum RequestMark {
  /** The record is there. */
  SEEN(0, 1),
  /** Results and failures that name it. */
  OUTCOME(1, 3),
  /** Its positions in llm.lanes. */
  ATTEMPT(4, 7),
  /** Of these, dropped as duplicates. */
  DROPPED(11, 6),
  /** Of these, those whose job is published: each gave an outcome or a retry. */
  PUBLISHED(17, 5),
  /** Retries that name it. */
  RETRY(22, 5),
  /** Executions that the provider billed. */
  BILLED(27, 4);

  private final int shift;
  private final int largest;

  RequestMark(int shift, int bits) {
    this.shift = shift;
    this.largest = (1 << bits) - 1;
  }

  /** The count within the marks. */
  int of(int marks) {
    return (marks >>> shift) & largest;
  }

  /** The marks with this count one higher, unless it is at its largest. */
  int increment(int marks) {
    return of(marks) == largest ? marks : marks + (1 << shift);
  }
}
