package dev.offpeak.simulator.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Numbers within bounds. */
final class NumberValue {
  private static final long USUAL_RANGE = 100;

  private NumberValue() {}

  static JsonNode integer(ObjectNode schema, long seed) {
    BigDecimal number = stepped(schema, BigDecimal.ONE, seed);
    return BigIntegerNode.valueOf(number.setScale(0, RoundingMode.DOWN).unscaledValue());
  }

  static JsonNode number(ObjectNode schema, long seed) {
    BigDecimal low = low(schema);
    BigDecimal high = high(schema);
    BigDecimal step = new BigDecimal("0.5");
    if (low != null && high != null) {
      BigDecimal parts = high.subtract(low).divide(BigDecimal.valueOf(64));
      step = parts.signum() > 0 ? parts.min(step) : BigDecimal.ONE;
    }
    if (low != null && high != null && low.compareTo(high) == 0 && !schema.has("multipleOf")) {
      return plain(low);
    }
    // From the low bound on in small steps: a grid of its own could miss a narrow range.
    if (!schema.has("multipleOf") && low != null) {
      long most = high == null ? USUAL_RANGE : high.subtract(low).divide(step).longValue();
      long steps = between(isAbove(schema) ? 1 : 0, most - (isBelow(schema) ? 1 : 0), seed);
      return plain(low.add(step.multiply(BigDecimal.valueOf(steps))));
    }
    return plain(stepped(schema, step, seed));
  }

  /** Without an exponent, which not every reader takes for a whole number. */
  private static JsonNode plain(BigDecimal number) {
    return DecimalNode.valueOf(number.scale() < 0 ? number.setScale(0) : number);
  }

  /** A multiple of a step, which the schema may make coarser. */
  private static BigDecimal stepped(ObjectNode schema, BigDecimal step, long seed) {
    BigDecimal wanted = decimal(schema.path("multipleOf"));
    BigDecimal its = wanted == null ? step : common(wanted, step);
    BigDecimal low = low(schema);
    BigDecimal high = high(schema);
    BigDecimal first =
        low == null ? null : multiples(low, its, isAbove(schema), RoundingMode.CEILING);
    BigDecimal last =
        high == null ? null : multiples(high, its, isBelow(schema), RoundingMode.FLOOR);
    BigDecimal range = BigDecimal.valueOf(USUAL_RANGE);
    BigDecimal from = first != null ? first : last == null ? BigDecimal.ZERO : last.subtract(range);
    BigDecimal span = last == null ? range : last.subtract(from).min(range);
    long more = between(0, Math.max(0, span.longValue()), seed);
    return from.add(BigDecimal.valueOf(more)).multiply(its);
  }

  /** How many whole steps a bound is, one more or less when it is itself left out. */
  private static BigDecimal multiples(
      BigDecimal bound, BigDecimal step, boolean leftOut, RoundingMode rounding) {
    BigDecimal steps = bound.divide(step, 0, rounding);
    boolean meets = leftOut && steps.multiply(step).compareTo(bound) == 0;
    BigDecimal one = rounding == RoundingMode.CEILING ? BigDecimal.ONE : BigDecimal.ONE.negate();
    return meets ? steps.add(one) : steps;
  }

  /** A step that is a multiple of both: for whole numbers that have to be multiples of 2.5, say. */
  private static BigDecimal common(BigDecimal wanted, BigDecimal step) {
    if (step.compareTo(BigDecimal.ONE) != 0 || wanted.signum() <= 0) {
      return wanted.signum() > 0 ? wanted : step;
    }
    BigDecimal its = wanted;
    for (int i = 2; i <= 1000 && its.stripTrailingZeros().scale() > 0; i++) {
      its = wanted.multiply(BigDecimal.valueOf(i));
    }
    return its;
  }

  private static long between(long low, long high, long seed) {
    return low + Long.remainderUnsigned(seed, Math.max(1, high - low + 1));
  }

  private static @Nullable BigDecimal low(ObjectNode schema) {
    return larger(decimal(schema.path("minimum")), decimal(schema.path("exclusiveMinimum")), 1);
  }

  private static @Nullable BigDecimal high(ObjectNode schema) {
    return larger(decimal(schema.path("maximum")), decimal(schema.path("exclusiveMaximum")), -1);
  }

  private static @Nullable BigDecimal larger(
      @Nullable BigDecimal one, @Nullable BigDecimal other, int sign) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return Integer.signum(one.compareTo(other)) * sign >= 0 ? one : other;
  }

  private static boolean isAbove(ObjectNode schema) {
    return leavesOut(schema, "exclusiveMinimum", low(schema));
  }

  private static boolean isBelow(ObjectNode schema) {
    return leavesOut(schema, "exclusiveMaximum", high(schema));
  }

  private static boolean leavesOut(ObjectNode schema, String name, @Nullable BigDecimal bound) {
    JsonNode given = schema.path(name);
    BigDecimal number = decimal(given);
    return given.asBoolean(false)
        || (number != null && bound != null && number.compareTo(bound) == 0);
  }

  private static @Nullable BigDecimal decimal(JsonNode node) {
    return node.isNumber() ? node.decimalValue() : null;
  }
}
