package dev.offpeak.ledger.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.ledger.report.By;
import dev.offpeak.ledger.report.UsageCsv;
import dev.offpeak.ledger.report.UsageSum;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

class UsageTextTest {

  private static final UsageSum SEARCH = sum("search", 200, 0, "18.05", "36.10");
  private static final UsageSum SMALL = sum("", 10, 4, "0.000012345678", "0.000024691356");
  private static final UsageSum UNPRICED = sum("=cmd|'x'!A1", 7, 7, "0", "0");

  @Test
  void aTableHasItsSumAndSaysWhatHasNoPrice() {
    assertThat(UsageText.of(List.of(By.TEAM), List.of(SEARCH, SMALL, UNPRICED)))
        .isEqualTo(
            """
            team         requests  input  output          cost   synchronous            saved
            search            200  1,000     100        $18.05        $36.10       $18.05 50%
            (none)             10  1,000     100  $0.00001235*  $0.00002469*  $0.00001235 50%
            =cmd|'x'!A1         7  1,000     100      unpriced      unpriced         unpriced
            in all            217  3,000     300       $18.05*       $36.10*       $18.05 50%
            * without 11 requests of 88 tokens whose model has no price (prices.file gives it one)
            """);
  }

  @Test
  void nothingNamesTheCommandThatChangesIt() {
    assertThat(UsageText.of(List.of(By.TEAM), List.of())).contains("./offpeak run examples/");
  }

  @Test
  void aSpreadsheetCalculatesNoForeignText() {
    assertThat(UsageCsv.of(List.of(By.TEAM), List.of(UNPRICED, sum("a,\"b\"", 1, 0, "1", "2"))))
        .contains("\r\n'=cmd|'x'!A1,7,")
        .contains("\r\n\"a,\"\"b\"\"\",1,0,1000,0,100,0,1,2,1\r\n");
  }

  @Test
  void jsonHasEveryDigit() {
    assertThat(UsageJson.of(List.of(By.TEAM), SMALL))
        .contains("\"team\":\"\"", "\"cost_usd\":0.000012345678", "\"unpriced_requests\":4");
  }

  private static UsageSum sum(String team, long requests, long unpriced, String cost, String sync) {
    return new UsageSum(
        List.of(team),
        BigInteger.valueOf(requests),
        BigInteger.valueOf(unpriced),
        BigInteger.valueOf(1000),
        BigInteger.ZERO,
        BigInteger.valueOf(100),
        BigInteger.valueOf(unpriced * 8),
        new BigDecimal(cost),
        new BigDecimal(sync));
  }
}
