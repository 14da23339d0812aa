package dev.offpeak.core.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class LaneTest {

  @Property(tries = 300)
  void everyLaneIsReadBackFromItsId(@ForAll("lanes") Lane lane) {
    assertThat(Lane.parse(lane.id())).isEqualTo(lane);
  }

  @Property(tries = 300)
  void lanesAreTheSameWhenTheirIdsAre(@ForAll("lanes") Lane one, @ForAll("lanes") Lane other) {
    assertThat(one.id().equals(other.id())).isEqualTo(one.equals(other));
    assertThat(one.scope()).isEqualTo(Lane.parse(one.id()).scope());
  }

  @Example
  void idsAreAsTheyWereWhereNothingIsAskedFor() {
    Lane claude = Lane.of(Provider.ANTHROPIC, "main", "/v1/messages", "");

    assertThat(claude.id()).isEqualTo("anthropic|main|/v1/messages|");
    assertThat(Lane.parse("anthropic|main|/v1/messages|")).isEqualTo(claude);
    assertThat(Lane.parse("openai|main|/v1/responses||odd|model").model()).isEqualTo("|odd|model");
  }

  @Example
  void anEditionStandsBehindAnEmptyModelAndTheOrderOfItsBetasDoesNotMatter() {
    Edition edition = Edition.of("2026-10-21", List.of("b-2", "a-1", "b-2"));
    Lane claude = new Lane(Provider.ANTHROPIC, "main", "/v1/messages", "", edition);

    assertThat(claude.id()).isEqualTo("anthropic|main|/v1/messages||2026-10-21+a-1,b-2");
    assertThat(claude.scope()).isEqualTo("anthropic|main|");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Lane(Provider.OPENAI, "main", "/v1/responses", "gpt-5", edition));
  }

  @Example
  void laneOfAProviderThatNobodyKnowsIsReadAllTheSame() {
    assertThat(Lane.parse("a-later-one|main|/v9/x|m").provider().id()).isEqualTo("a-later-one");
    for (String none : List.of("", "A", "a b", "-", "a-", "ü", "a".repeat(65))) {
      assertThatIllegalArgumentException().isThrownBy(() -> Provider.of(none));
    }
  }

  @Example
  void whatIsNoVersionOrBetaIsRefused() {
    List<String> bad = List.of("a|b", "a,b", "a b", "", "ü", "a\r\nx-api-key: b", "a".repeat(65));
    for (String beta : bad) {
      assertThatIllegalArgumentException().isThrownBy(() -> Edition.of("", List.of(beta)));
    }
    for (String version : List.of("2026", "latest", "2026-10-21\n", "2026-10-21|x")) {
      assertThatIllegalArgumentException().isThrownBy(() -> Edition.of(version, List.of()));
    }
  }

  @Example
  void samplingIsRefusedFromTheVersionOnThatHasNone() {
    assertThat(Edition.refusesSampling("2026-10-21")).isTrue();
    assertThat(Edition.refusesSampling("2027-01-01")).isTrue();
    assertThat(Edition.refusesSampling("2023-06-01")).isFalse();
    assertThat(Edition.refusesSampling("")).isFalse();
    assertThat(Edition.refusesSampling("preview")).isFalse();
  }

  @Provide
  Arbitrary<Lane> lanes() {
    Arbitrary<String> names = Arbitraries.of("main", "a b", "ü");
    Arbitrary<String> models = Arbitraries.of("m", "m|x", "|", "", "", "x|2026-10-21");
    Arbitrary<Edition> editions =
        Combinators.combine(
                Arbitraries.of("", "2023-06-01", "2026-10-21"),
                Arbitraries.of("a", "b-2025-01-01", "c.d:e").list().ofMaxSize(3))
            .as(Edition::of);
    Arbitrary<Provider> providers = Arbitraries.of("openai", "a-1").map(Provider::of);
    return Combinators.combine(providers, names, models, editions)
        .as(
            (provider, name, model, edition) ->
                new Lane(
                    provider, name, "/v1/x", model, model.isEmpty() ? edition : Edition.USUAL));
  }
}
