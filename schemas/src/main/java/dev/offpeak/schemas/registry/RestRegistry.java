package dev.offpeak.schemas.registry;

import dev.offpeak.schemas.registry.RegistryHttp.Answer;
import dev.offpeak.schemas.registry.RegistryJson.Fields;
import dev.offpeak.schemas.registry.RegistryJson.Reference;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.function.LongSupplier;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** A registry behind Confluent's REST API. */
final class RestRegistry implements SchemaRegistry {

  /** Nobody nests schemas deeper; a circle of references would not end. */
  private static final int DEEPEST_REFERENCE = 20;

  private static final String BY_ID = "/schemas/ids/";

  private final RegistryHttp http;
  private final String query;
  private final SchemaWait patience;

  /** What it told last, to see whether it still tells anything. */
  private volatile String told = "/subjects";

  RestRegistry(RegistrySettings settings, LongSupplier nanoTime) {
    this.http = new RegistryHttp(settings);
    this.patience = new SchemaWait(settings.patience(), nanoTime);
    this.query = settings.normalize() ? "?normalize=true" : "";
  }

  @Override
  public int register(String subject, Schema schema) {
    String what = "register the schema " + schema.getFullName() + " as subject " + subject;
    return id(what, http.post(what, subject(subject) + "/versions" + query, body(schema)));
  }

  @Override
  public int idOf(String subject, Schema schema) {
    String what = "find the schema " + schema.getFullName() + " in subject " + subject;
    return id(what, http.post(what, subject(subject) + query, body(schema)));
  }

  @Override
  public RegisteredSchema latest(String subject) {
    String what = "give the latest schema of subject " + subject;
    Fields fields = accepted(what, http.get(what, subject(subject) + "/versions/latest"));
    return new RegisteredSchema(present(what, fields), parse(what, fields));
  }

  @Override
  public Schema byId(int id) {
    String what = "give the schema with id " + id;
    try {
      Schema schema = parse(what, accepted(what, http.get(what, BY_ID + id)));
      told = BY_ID + id;
      return schema;
    } catch (RegistryUnavailable e) {
      throw e.isAnswer() ? patience.meaning(e, () -> answersOthers(id)) : e;
    }
  }

  /** Whether it tells what it told before; else it is away as a whole, though something answers. */
  private boolean answersOthers(int id) {
    String known = told;
    if (known.equals(BY_ID + id)) {
      return false;
    }
    try {
      return http.get("tell what it told before", known).status() < 300;
    } catch (RegistryUnavailable _) {
      return false;
    }
  }

  @Override
  public void close() {
    http.close();
  }

  private static String subject(String subject) {
    return "/subjects/" + URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String body(Schema schema) {
    return RegistryJson.schema(schema.toString());
  }

  private int id(String what, Answer answer) {
    int id = present(what, accepted(what, answer));
    told = BY_ID + id;
    return id;
  }

  private static int present(String what, Fields fields) {
    if (fields.id() < 0) {
      throw notUnderstood(what, "its answer has no id", null);
    }
    return fields.id();
  }

  private static Fields accepted(String what, Answer answer) {
    Fields fields;
    try {
      fields = RegistryJson.read(answer.body());
    } catch (IOException e) {
      throw notUnderstood(what, "it answers " + RegistryHttp.quote(answer.body()), e);
    }
    if (answer.status() >= 300) {
      throw new RegistryRefusal(
          "the schema registry does not "
              + what
              + ": "
              + RegistryHttp.quote(fields.message())
              + " (HTTP "
              + answer.status()
              + ", error code "
              + fields.errorCode()
              + ")");
    }
    return fields;
  }

  private Schema parse(String what, Fields fields) {
    var parser = new Schema.Parser();
    // What is in the registry is in use; a default that today's rules forbid does not matter.
    parser.setValidateDefaults(false);
    return parse(what, fields, parser, 0);
  }

  private Schema parse(String what, Fields fields, Schema.Parser parser, int depth) {
    String type = fields.schemaType();
    if (type != null && !type.equals("AVRO")) {
      throw new RegistryRefusal("asked to " + what + ": it is " + type + ", not Avro");
    }
    if (depth > DEEPEST_REFERENCE) {
      throw new RegistryRefusal("asked to " + what + ": its references are nested without end");
    }
    for (Reference reference : fields.references()) {
      String part = "give version " + reference.version() + " of subject " + reference.subject();
      parse(
          part,
          accepted(
              part,
              http.get(part, subject(reference.subject()) + "/versions/" + reference.version())),
          parser,
          depth + 1);
    }
    if (fields.schema() == null) {
      throw notUnderstood(what, "its answer has no schema", null);
    }
    try {
      return parser.parse(fields.schema());
    } catch (RuntimeException | StackOverflowError e) {
      // Avro's parser has many ways to say no.
      throw new RegistryRefusal("asked to " + what + ": it is not a schema: " + e.getMessage());
    }
  }

  private static RegistryUnavailable notUnderstood(
      String what, String why, @Nullable Throwable cause) {
    return new RegistryUnavailable(
        "the schema registry was asked to " + what + ", but " + why + "; is the URL right?",
        cause,
        true);
  }
}
