package dev.offpeak.ledger.config;

import dev.offpeak.runtime.config.Default;
import java.util.List;

/**
 * A proxy in front of the console that signs people in and says who they are.
 *
 * @param addresses from which it calls, such as {@code 127.0.0.1} or {@code 10.0.0.0/8}; what
 *     others say in these headers is not believed
 * @param userHeader who it is
 * @param groupsHeader their groups, separated by commas
 * @param operators users and groups that are operators
 * @param finance users and groups that see money only; all others are viewers
 */
public record ProxyConfig(
    List<String> addresses,
    @Default("X-Forwarded-User") String userHeader,
    @Default("X-Forwarded-Groups") String groupsHeader,
    List<String> operators,
    List<String> finance) {

  public ProxyConfig {
    addresses = List.copyOf(addresses);
    operators = List.copyOf(operators);
    finance = List.copyOf(finance);
    addresses.forEach(Network::parse);
  }
}
