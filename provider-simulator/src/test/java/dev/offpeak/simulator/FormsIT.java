package dev.offpeak.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.offpeak.simulator.WireClient.Answer;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers in the form that was asked for: schemas, tools, streams; and models. */
class FormsIT {
  private static final String SCHEMA =
      "{'type':'object','properties':{'kind':{'enum':['a','b']},"
          + "'count':{'type':'integer','minimum':3,'maximum':5}},'required':['kind','count'],"
          + "'additionalProperties':false}";
  private static final String MESSAGES = "'messages':[{'role':'user','content':'Why?'}]";
  private static final String CHAT = "/v1/chat/completions";
  private static final String GENERATE = "/v1beta/models/gemini-2.5-flash:";
  private static Simulator simulator;

  @BeforeAll
  static void start() throws IOException {
    simulator = Simulator.start(SimulatorConfig.defaults());
  }

  @AfterAll
  static void stop() throws IOException {
    simulator.close();
  }

  private static Map<String, String> headers(String path) {
    if (path.startsWith("/v1beta")) {
      return Map.of("x-goog-api-key", "k");
    }
    return path.startsWith("/v1/messages")
        ? Map.of("x-api-key", "k", "anthropic-version", "2023-06-01")
        : Map.of("Authorization", "Bearer k");
  }

  private static Answer post(String path, String quoted) throws IOException {
    return new WireClient(simulator.rootUri(), headers(path)).post(path, quoted.replace('\'', '"'));
  }

  private static JsonNode answered(String path, String quoted) throws IOException {
    Answer answer = post(path, quoted);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json();
  }

  private static List<JsonNode> events(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.header("content-type")).startsWith("text/event-stream");
    List<JsonNode> events = new ArrayList<>();
    for (String line : answer.body().lines().toList()) {
      if (line.startsWith("data: ") && !line.equals("data: [DONE]")) {
        events.add(WireClient.parse(line.substring(6)));
      }
    }
    return events;
  }

  private static void assertFits(JsonNode value) {
    assertThat(value).as(value.toString()).hasSize(2);
    assertThat(value.path("kind").asText()).isIn("a", "b");
    assertThat(value.path("count").asInt()).isBetween(3, 5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        CHAT
            + "; {'model':'gpt-4o','messages':[{}],'response_format':{'type':'json_schema',"
            + "'json_schema':{'name':'x','schema':SCHEMA}}}; /choices/0/message/content",
        "/v1/responses; {'model':'gpt-4o','input':'x','text':{'format':{'type':'json_schema',"
            + "'name':'x','schema':SCHEMA}}}; /output/0/content/0/text",
        "/v1/messages; {'model':'claude-haiku-4-5','max_tokens':500,'messages':[{}],"
            + "'output_config':{'format':{'type':'json_schema','schema':SCHEMA}}}; /content/0/text",
        GENERATE
            + "generateContent; {'contents':[{}],'generationConfig':{"
            + "'responseMimeType':'application/json','responseJsonSchema':SCHEMA}};"
            + " /candidates/0/content/parts/0/text",
        GENERATE
            + "generateContent; {'contents':[{}],'generation_config':{"
            + "'response_mime_type':'application/json','response_schema':SCHEMA}};"
            + " /candidates/0/content/parts/0/text"
      })
  void answersFitTheSchemaThatWasGiven(String path, String body, String textAt) throws IOException {
    JsonNode answer = answered(path, body.replace("SCHEMA", SCHEMA));

    assertFits(WireClient.parse(answer.at(textAt).textValue()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        CHAT
            + "; {'model':'gpt-4o','messages':[{}],'tool_choice':'required','tools':[{"
            + "'type':'function','function':{'name':'look','parameters':SCHEMA}}]};"
            + " /choices/0/message/tool_calls/0/function/arguments",
        CHAT
            + "; {'model':'gpt-4o','messages':[{}],'tool_choice':{'type':'function','function':"
            + "{'name':'look'}},'tools':[{'type':'function','function':{'name':'other'}},{"
            + "'type':'function','function':{'name':'look','parameters':SCHEMA}}]};"
            + " /choices/0/message/tool_calls/0/function/arguments",
        "/v1/responses; {'model':'gpt-4o','input':'x','tool_choice':'required','tools':[{"
            + "'type':'function','name':'look','parameters':SCHEMA}]}; /output/0/arguments",
        "/v1/messages; {'model':'claude-haiku-4-5','max_tokens':500,'messages':[{}],"
            + "'tool_choice':{'type':'any'},'tools':[{'name':'look','input_schema':SCHEMA}]};"
            + " /content/0/input",
        GENERATE
            + "generateContent; {'contents':[{}],'tools':[{'functionDeclarations':[{'name':'look',"
            + "'parameters':SCHEMA}]}],'toolConfig':{'functionCallingConfig':{'mode':'ANY'}}};"
            + " /candidates/0/content/parts/0/functionCall/args"
      })
  void toolsAreCalledWithArgumentsThatTheyTake(String path, String body, String argumentsAt)
      throws IOException {
    JsonNode arguments = answered(path, body.replace("SCHEMA", SCHEMA)).at(argumentsAt);

    assertFits(arguments.isTextual() ? WireClient.parse(arguments.textValue()) : arguments);
  }

  @Test
  void aToolThatIsNotThereCantBeChosen() throws IOException {
    String body = "{'model':'gpt-4o','messages':[],'tools':[],'tool_choice':'required'}";

    Answer refused = post(CHAT, body);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.error().path("param").textValue()).isEqualTo("tool_choice");
  }

  @Test
  void chunksOfAChatAreItsAnswer() throws IOException {
    String body = "{'model':'gpt-4o'," + MESSAGES + "%s}";
    JsonNode whole = answered(CHAT, body.formatted(""));

    Answer streamed =
        post(CHAT, body.formatted(",'stream':true,'stream_options':{'include_usage':true}"));
    List<JsonNode> chunks = events(streamed);

    assertThat(streamed.body()).endsWith("data: [DONE]\n\n");
    assertThat(chunks.getFirst().at("/choices/0/delta/role").asText()).isEqualTo("assistant");
    assertThat(text(chunks, "/choices/0/delta/content")).startsWith("Simulated answer to: Why?");
    assertThat(chunks.get(chunks.size() - 2).at("/choices/0/finish_reason").asText())
        .isEqualTo("stop");
    assertThat(chunks.getLast().path("choices")).isEmpty();
    assertThat(chunks.getLast().path("usage").fieldNames())
        .toIterable()
        .containsExactlyElementsOf(() -> whole.path("usage").fieldNames());
  }

  private static String text(List<JsonNode> events, String at) {
    return events.stream().map(event -> event.at(at).asText("")).collect(Collectors.joining());
  }

  @Test
  void eventsOfAResponseEndWithTheWholeOfIt() throws IOException {
    List<JsonNode> events =
        events(post("/v1/responses", "{'model':'gpt-4o','input':'Why?','stream':true}"));

    assertThat(events)
        .extracting(event -> event.path("type").asText())
        .startsWith("response.created", "response.in_progress", "response.output_item.added")
        .endsWith("response.content_part.done", "response.output_item.done", "response.completed");
    assertThat(events)
        .extracting(event -> event.path("sequence_number").asInt())
        .isSorted()
        .doesNotHaveDuplicates();
    String said = text(events, "/delta");
    assertThat(said)
        .isNotEmpty()
        .isEqualTo(events.getLast().at("/response/output/0/content/0/text").asText());
    assertThat(events.getLast().at("/response/usage/total_tokens").asInt()).isPositive();
  }

  @Test
  void eventsOfAMessageFollowOneAnotherAsAnthropicSendsThem() throws IOException {
    String body = "{'model':'claude-haiku-4-5','max_tokens':300,'stream':true," + MESSAGES + "%s}";
    String tool =
        ",'tools':[{'name':'look','input_schema':" + SCHEMA + "}],'tool_choice':{'type':'any'}";

    List<JsonNode> said = events(post("/v1/messages", body.formatted("")));
    List<JsonNode> called = events(post("/v1/messages", body.formatted(tool)));

    assertThat(said)
        .extracting(event -> event.path("type").asText())
        .startsWith("message_start", "content_block_start", "ping", "content_block_delta")
        .endsWith("content_block_stop", "message_delta", "message_stop");
    assertThat(text(said, "/delta/text")).startsWith("Simulated answer to: Why?");
    assertThat(said.get(said.size() - 2).at("/usage/output_tokens").asInt()).isPositive();
    assertFits(WireClient.parse(text(called, "/delta/partial_json")));
    assertThat(text(called, "/delta/stop_reason")).isEqualTo("tool_use");
  }

  @Test
  void geminiStreamsEventsOrAListOfResponses() throws IOException {
    String body = "{'contents':[{'parts':[{'text':'Why?'}]}]}";

    List<JsonNode> events = events(post(GENERATE + "streamGenerateContent?alt=sse", body));
    JsonNode list = answered(GENERATE + "streamGenerateContent", body);

    String at = "/candidates/0/content/parts/0/text";
    assertThat(text(events, at)).startsWith("Simulated answer to: Why?");
    assertThat(events.getLast().at("/candidates/0/finishReason").asText()).isEqualTo("STOP");
    assertThat(events.getLast().at("/usageMetadata/totalTokenCount").asInt()).isPositive();
    assertThat(list).hasSameSizeAs(events);
  }

  @Test
  void aStreamBreaksOffWhereItIsAskedTo() throws IOException {
    String body =
        "{'model':'gpt-4o','stream':true,'messages':[{'role':'user','content':'[sim:break=2]'}]}";

    List<JsonNode> events = events(post(CHAT, body));

    assertThat(events).hasSize(3);
    assertThat(events.getLast().at("/error/message").asText()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        CHAT + "; {'model':'nobody','messages':[]}; /error/code; model_not_found",
        "/v1/messages; {'model':'nobody','max_tokens':9,'messages':[{}]}; /error/type;"
            + " not_found_error",
        "/v1beta/models/nobody:generateContent; {'contents':[{}]}; /error/status; NOT_FOUND"
      })
  void modelsThatDoNotExistAreNotFound(String path, String body, String at, String said)
      throws IOException {
    Answer refused = post(path, body);

    assertThat(refused.status()).isEqualTo(404);
    assertThat(refused.json().at(at).asText()).isEqualTo(said);
  }

  @Test
  void modelsAreListedInEachShape() throws IOException {
    String all = "/v1/models";
    WireClient openai = new WireClient(simulator.rootUri(), headers(CHAT));
    WireClient anthropic = new WireClient(simulator.rootUri(), headers("/v1/messages"));
    WireClient gemini = new WireClient(simulator.rootUri(), headers(GENERATE));

    assertThat(openai.get(all).json().at("/data/0/object").asText()).isEqualTo("model");
    assertThat(openai.get(all + "/nobody").status()).isEqualTo(404);
    JsonNode first = anthropic.get(all + "?limit=1").json();
    assertThat(first.at("/data/0/type").asText()).isEqualTo("model");
    assertThat(first.path("has_more").booleanValue()).isTrue();
    JsonNode next = anthropic.get(all + "?after_id=" + first.path("last_id").asText()).json();
    assertThat(next.path("data")).isNotEmpty().doesNotContain(first.at("/data/0"));
    assertThat(gemini.get("/v1beta/models").json().at("/models/0/name").asText())
        .startsWith("models/gemini-");
  }

  @Test
  void tokensAreCountedForNothing() throws IOException {
    long before = simulator.ledger().summary().syncCalls();

    JsonNode anthropic =
        answered("/v1/messages/count_tokens", "{'model':'claude-haiku-4-5'," + MESSAGES + "}");
    JsonNode gemini =
        answered(GENERATE + "countTokens", "{'contents':[{'parts':[{'text':'Why?'}]}]}");

    assertThat(anthropic.path("input_tokens").asInt()).isPositive();
    assertThat(gemini.path("totalTokens").asInt()).isPositive();
    assertThat(simulator.ledger().summary().syncCalls()).isEqualTo(before);
  }

  @Test
  void samplingEndsWithTheVersionOfAutumn() throws IOException {
    String body =
        ("{'model':'claude-haiku-4-5','max_tokens':9,'temperature':1," + MESSAGES + "}")
            .replace('\'', '"');
    WireClient wire = new WireClient(simulator.rootUri(), Map.of("x-api-key", "k"));

    for (Map.Entry<String, Integer> each :
        Map.of("2023-06-01", 200, "2026-10-21", 400).entrySet()) {
      Answer answer =
          wire.send(
              "POST",
              "/v1/messages",
              BodyPublishers.ofString(body),
              "anthropic-version",
              each.getKey());
      assertThat(answer.status()).as(answer.body()).isEqualTo(each.getValue());
    }
  }
}
