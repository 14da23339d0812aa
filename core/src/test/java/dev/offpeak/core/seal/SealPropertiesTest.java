package dev.offpeak.core.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** What holds for every stream of requests and every set of limits. */
class SealPropertiesTest {

  /** A batch as it was sealed by size, and the request that came next (null when it was full). */
  private record Sealed(
      OpenBatch sums, List<Candidate> requests, SealReason reason, @Nullable Candidate next) {}

  @Property
  void noBatchIsOverALimitByOneByteOrOneRequest(
      @ForAll("limits") BatchLimits limits, @ForAll("requests") List<Candidate> requests) {
    for (Sealed batch : seal(limits, requests)) {
      assertThat(batch.requests()).hasSizeLessThanOrEqualTo(limits.maxRequests());
      assertThat(fileBytes(limits, batch.requests()))
          .isEqualTo(batch.sums().bytes())
          .isLessThanOrEqualTo(limits.maxBytes());
      assertThat(batch.requests().stream().mapToLong(Candidate::inputs).sum())
          .isEqualTo(batch.sums().inputs())
          .isLessThanOrEqualTo(limits.maxInputs());
      assertThat(batch.requests().stream().mapToLong(Candidate::tokens).sum())
          .isEqualTo(batch.sums().tokens())
          .isLessThanOrEqualTo(limits.maxTokens());
    }
  }

  @Property
  void noBatchIsSealedBySizeWithRoomForTheNextRequest(
      @ForAll("limits") BatchLimits limits, @ForAll("requests") List<Candidate> requests) {
    for (Sealed batch : seal(limits, requests)) {
      Candidate next =
          batch.next() == null ? new Candidate(2, 1, 1, OpenBatch.NO_DEADLINE, 0) : batch.next();
      List<Candidate> withNext = new ArrayList<>(batch.requests());
      withNext.add(next);
      boolean broken =
          switch (batch.reason()) {
            case COUNT -> withNext.size() > limits.maxRequests();
            case BYTES -> fileBytes(limits, withNext) > limits.maxBytes();
            case INPUTS ->
                withNext.stream().mapToLong(Candidate::inputs).sum() > limits.maxInputs();
            case TOKENS ->
                withNext.stream().mapToLong(Candidate::tokens).sum() > limits.maxTokens();
            case LINGER, DEADLINE, FLUSH, CANCELLED -> false;
          };
      assertThat(broken).as("%s: %s", batch.reason(), withNext).isTrue();
    }
  }

  @Property
  void everyRequestThatFitsAloneIsInExactlyOneManifestInOrder(
      @ForAll("limits") BatchLimits limits, @ForAll("requests") List<Candidate> requests) {
    SealPolicy policy = policy(limits);
    List<Long> admitted = new ArrayList<>();
    List<Long> manifested = new ArrayList<>();
    OpenBatch open = OpenBatch.opened(limits, 0);
    PositionRuns runs = new PositionRuns();
    long offset = 0;
    for (Candidate request : requests) {
      offset += 1 + request.requestedAt() % 3;
      if (limits.excess(request) != null) {
        continue;
      }
      if (policy.sealBefore(open, request) != null) {
        addAll(manifested, runs.finish(), open.requests());
        open = OpenBatch.opened(limits, 0);
        runs = new PositionRuns();
      }
      open = open.append(limits, request);
      runs.append(offset);
      admitted.add(offset);
    }
    addAll(manifested, runs.finish(), open.requests());

    assertThat(manifested).isEqualTo(admitted);
  }

  @Property
  void takingAnyRequestsOutLeavesTheSumsOfTheOthers(
      @ForAll("limits") BatchLimits limits,
      @ForAll("requests") List<Candidate> requests,
      @ForAll("cuts") List<Boolean> cuts) {
    OpenBatch open = OpenBatch.opened(limits, 0);
    for (Candidate request : requests) {
      open = open.append(limits, request);
    }
    OpenBatch expected = OpenBatch.opened(limits, 0);
    for (int i = 0; i < requests.size(); i++) {
      if (i < cuts.size() && cuts.get(i)) {
        open = open.without(limits, requests.get(i));
      } else {
        expected = expected.append(limits, requests.get(i));
      }
    }

    assertThat(open)
        .usingRecursiveComparison()
        .ignoringFields("earliest", "latest")
        .isEqualTo(expected);
    assertThat(open.earliest()).isLessThanOrEqualTo(expected.earliest());
    assertThat(open.latest()).isGreaterThanOrEqualTo(expected.latest());
  }

  @Property
  void positionsHandedOutInPiecesMakeTheSameManifest(
      @ForAll("requests") List<Candidate> gaps, @ForAll("cuts") List<Boolean> cuts) {
    long[] offsets = new long[gaps.size()];
    long next = 0;
    PositionRuns runs = new PositionRuns();
    ByteArrayOutputStream pieces = new ByteArrayOutputStream();
    for (int i = 0; i < offsets.length; i++) {
      next += gaps.get(i).requestedAt() % 3;
      offsets[i] = next++;
      runs.append(offsets[i]);
      if (i < cuts.size() && cuts.get(i)) {
        pieces.writeBytes(runs.takeClosed());
      } else if (i % 7 == 0) {
        // As after a restart: rebuilt from what was stored.
        runs = new PositionRuns(runs.closed(), runs.closedEnd(), runs.runStart(), runs.runEnd());
      }
    }
    pieces.writeBytes(runs.finish());

    assertThat(Manifest.decode(3, pieces.toByteArray(), offsets.length).offsets().toArray())
        .isEqualTo(offsets);
    assertThat(pieces.toByteArray()).isEqualTo(Manifest.of(3, offsets).encode());
  }

  private static List<Sealed> seal(BatchLimits limits, List<Candidate> requests) {
    SealPolicy policy = policy(limits);
    List<Sealed> sealed = new ArrayList<>();
    OpenBatch open = OpenBatch.opened(limits, 0);
    List<Candidate> members = new ArrayList<>();
    for (Candidate request : requests) {
      if (limits.excess(request) != null) {
        continue;
      }
      SealReason before = policy.sealBefore(open, request);
      if (before != null) {
        sealed.add(new Sealed(open, members, before, request));
        open = OpenBatch.opened(limits, 0);
        members = new ArrayList<>();
      }
      open = open.append(limits, request);
      members.add(request);
      SealReason full = policy.sealFull(open);
      if (full != null) {
        sealed.add(new Sealed(open, members, full, null));
        open = OpenBatch.opened(limits, 0);
        members = new ArrayList<>();
      }
    }
    return sealed;
  }

  /** The size of the file, counted by writing it down in the mind rather than by adding up. */
  private static long fileBytes(BatchLimits limits, List<Candidate> requests) {
    StringBuilder file = new StringBuilder();
    file.repeat("h", limits.frame().fileOverhead());
    for (int i = 0; i < requests.size(); i++) {
      if (i > 0) {
        file.repeat("s", limits.frame().separator());
      }
      file.repeat("l", limits.frame().lineOverhead());
      file.repeat("b", requests.get(i).compactLength());
    }
    return file.length();
  }

  private static void addAll(List<Long> all, byte[] coded, int size) {
    Manifest.decode(0, coded, size).offsets().forEach(all::add);
  }

  private static SealPolicy policy(BatchLimits limits) {
    return new SealPolicy(limits, Duration.ofMinutes(5), Duration.ofHours(24), Duration.ZERO);
  }

  @Provide
  Arbitrary<BatchLimits> limits() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 12),
            Arbitraries.longs().between(60, 1_500),
            Arbitraries.longs().between(40, 300),
            Arbitraries.longs().between(1, 20),
            Arbitraries.longs().between(5, 200),
            Arbitraries.integers().between(0, 20),
            Arbitraries.integers().between(0, 2),
            Arbitraries.integers().between(0, 40))
        .as(
            (count, bytes, line, inputs, tokens, file, separator, overhead) ->
                new BatchLimits(
                    count, bytes, line, inputs, tokens, new FileFrame(file, separator, overhead)));
  }

  @Provide
  Arbitrary<List<Candidate>> requests() {
    return Combinators.combine(
            Arbitraries.integers().between(2, 250),
            Arbitraries.integers().between(1, 4),
            Arbitraries.longs().between(1, 60),
            Arbitraries.longs().between(0, 1_000))
        .as(
            (length, inputs, tokens, at) ->
                new Candidate(length, inputs, tokens, OpenBatch.NO_DEADLINE, at))
        .list()
        .ofMaxSize(60);
  }

  @Provide
  Arbitrary<List<Boolean>> cuts() {
    return Arbitraries.of(true, false).list().ofMaxSize(60);
  }
}
