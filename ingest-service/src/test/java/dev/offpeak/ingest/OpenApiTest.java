package dev.offpeak.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.offpeak.ingest.openapi.OpenApiRoute;
import dev.offpeak.runtime.config.load.ConfigLoader;
import dev.offpeak.runtime.health.Health;
import dev.offpeak.runtime.lifecycle.ServiceContext;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The description of the API, held to the routes that there are. Needs no Kafka. */
class OpenApiTest {

  private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch");

  /** Where paths of OpenAI, Azure and Gemini stand besides where they are described. */
  private static final Map<Pattern, String> OTHER_SPELLINGS =
      Map.of(
          Pattern.compile("^/openai/(v1/|(?=files|batches|uploads|responses|requests|chat))"),
              "/v1/",
          Pattern.compile("^/(?!v1/|v1beta/|openai|upload/|download/)"), "/v1/",
          Pattern.compile("^/(upload|download)/v1/"), "/$1/v1beta/",
          Pattern.compile("^/v1/(models|tunedModels|files|batches)/\\*"), "/v1beta/$1/*");

  @Test
  void everyRouteIsDescribedAndNothingElse() throws Exception {
    Set<String> described = new TreeSet<>();
    for (Map.Entry<String, JsonNode> path : served().path("paths").properties()) {
      path.getValue()
          .fieldNames()
          .forEachRemaining(
              method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey()));
    }

    Set<String> routes = routes();

    assertThat(routes).hasSizeGreaterThan(20);
    for (String route : routes) {
      assertThat(described)
          .as("entries of openapi.Operations for the route %s", route)
          .anyMatch(entry -> covers(entry, route));
    }
    for (String entry : described) {
      assertThat(routes)
          .as("routes for the entry %s of openapi.Operations", entry)
          .anyMatch(route -> covers(entry, route));
    }
  }

  /** Whether an entry is of a route, which may end with anything. */
  private static boolean covers(String entry, String route) {
    return route.endsWith("*")
        ? entry.startsWith(route.substring(0, route.length() - 1))
        : unnamed(entry).equals(unnamed(route));
  }

  private static String unnamed(String path) {
    return path.replaceAll("\\{[^}]*}", "{}");
  }

  private static JsonNode served() throws IOException, InterruptedException {
    HttpRouting.Builder routing = HttpRouting.builder();
    new OpenApiRoute().accept(routing);
    WebServer server = WebServer.builder().host("127.0.0.1").port(0).routing(routing).build();
    server.start();
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI address = URI.create("http://127.0.0.1:" + server.port() + "/openapi.json");
      return new ObjectMapper()
          .readTree(
              client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString()).body());
    } finally {
      server.stop();
    }
  }

  private static Set<String> routes() {
    IngestConfig config =
        ConfigLoader.load(
            IngestConfig.class,
            null,
            Map.of(
                "OFFPEAK_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1",
                "OFFPEAK_REGISTRY_URL", "http://127.0.0.1:1"));
    try (IngestService service =
        IngestModule.create(
            config,
            ServiceContext.ofSystem(
                new Health(),
                new SimpleMeterRegistry(),
                failure -> {
                  throw new AssertionError("the service failed", failure);
                }))) {
      Set<String> routes = new TreeSet<>();
      service
          .routes()
          .forEach(each -> each.accept(recorder(routes, "", HttpRouting.Builder.class)));
      return routes;
    }
  }

  /** Writes down what is registered. */
  private static <T extends HttpRules> T recorder(Set<String> routes, String base, Class<T> type) {
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          String name = method.getName();
          if (METHODS.contains(name) && arguments[0] instanceof String path) {
            routes.add(name.toUpperCase(Locale.ROOT) + " " + described(base + path));
          } else if (name.equals("register") && arguments[0] instanceof String path) {
            for (Object service : (Object[]) arguments[1]) {
              ((HttpService) service).routing(recorder(routes, base + path, HttpRules.class));
            }
          }
          return proxy;
        };
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static String described(String path) {
    String its =
        path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    if (its.equals("/openapi.json")) {
      return its;
    }
    for (Map.Entry<Pattern, String> other : OTHER_SPELLINGS.entrySet()) {
      its = other.getKey().matcher(its).replaceFirst(other.getValue());
    }
    return its;
  }
}
