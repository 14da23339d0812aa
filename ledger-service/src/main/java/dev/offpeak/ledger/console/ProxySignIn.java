package dev.offpeak.ledger.console;

import dev.offpeak.ledger.config.Network;
import dev.offpeak.ledger.config.ProxyConfig;
import dev.offpeak.ledger.config.Role;
import dev.offpeak.runtime.http.OwnNames;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A proxy that is trusted by its address says who it is. */
final class ProxySignIn implements SignIn {

  private final Tokens tokens = new Tokens();
  private final List<Network> trusted;
  private final HeaderName user;
  private final HeaderName groups;
  private final Set<String> operators;
  private final Set<String> finance;

  ProxySignIn(ProxyConfig config) {
    this.trusted = config.addresses().stream().map(Network::parse).toList();
    this.user = HeaderNames.create(config.userHeader());
    this.groups = HeaderNames.create(config.groupsHeader());
    this.operators = Set.copyOf(config.operators());
    this.finance = Set.copyOf(config.finance());
  }

  @Override
  public @Nullable Visitor visitor(ServerRequest request) {
    boolean believed =
        request.remotePeer().address() instanceof InetSocketAddress peer
            && trusted.stream().anyMatch(network -> network.has(peer.getAddress()));
    List<String> users = OwnNames.all(request, user);
    // Two of them: one may be what somebody sent to the proxy.
    if (!believed || users.size() != 1 || users.getFirst().isBlank()) {
      return null;
    }
    String name = users.getFirst().strip();
    return new Visitor(name, role(name, OwnNames.all(request, groups)), tokens.of(name), false);
  }

  private Role role(String name, List<String> lines) {
    Set<String> all = new HashSet<>(Set.of(name));
    lines.forEach(line -> Arrays.stream(line.split(",", -1)).map(String::strip).forEach(all::add));
    if (all.stream().anyMatch(operators::contains)) {
      return Role.OPERATOR;
    }
    return all.stream().anyMatch(finance::contains) ? Role.FINANCE : Role.VIEWER;
  }
}
