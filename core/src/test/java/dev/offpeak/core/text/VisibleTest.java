package dev.offpeak.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class VisibleTest {

  @Test
  void whatATerminalWouldObeyIsWrittenOut() {
    assertThat(Visible.of("\u001b[2J\u001b]0;title\u0007red\r\nnext\u009b31m\u202egnp.exe"))
        .isEqualTo("\\u001b[2J\\u001b]0;title\\u0007red\\r\\nnext\\u009b31m\\u202egnp.exe");
    assertThat(Visible.of("größer than 3 €, 😀")).isEqualTo("größer than 3 €, 😀");
  }

  @Property
  void nothingIsLeftThatIsNoText(@ForAll String text) {
    assertThat(Visible.of(text).chars()).noneMatch(Character::isISOControl);
  }
}
