package dev.offpeak.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RequestsCommandTest {

  @TempDir Path folder;

  @Test
  void aRecordBecomesARequestLineWithTheFilesNameAndTheLinesNumberAsItsId() throws IOException {
    Path questions = folder.resolve("gsm8k.jsonl");
    Files.writeString(
        questions, "{\"question\": \"1+1?\", \"answer\": 2}\n{\"question\": \"\\u00e9\\n\\\"\"}\n");

    int exit = run(questions, "--model", "gpt-4o-mini", "--prompt", "{question}");

    assertThat(exit).isZero();
    assertThat(Files.readAllLines(folder.resolve("out.jsonl")))
        .containsExactly(
            "{\"custom_id\":\"gsm8k-1\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\","
                + "\"body\":{\"model\":\"gpt-4o-mini\",\"messages\":["
                + "{\"role\":\"user\",\"content\":\"1+1?\"}]}}",
            "{\"custom_id\":\"gsm8k-2\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\","
                + "\"body\":{\"model\":\"gpt-4o-mini\",\"messages\":["
                + "{\"role\":\"user\",\"content\":\"é\\n\\\"\"}]}}");
  }

  @Test
  void everyPartCanBeMadeOfFields() throws IOException {
    Path records = folder.resolve("records.jsonl");
    Files.writeString(records, "{\"id\": 7, \"tags\": [\"a\", \"b\"], \"text\": \"hello\"}");

    int exit =
        run(
            records,
            "--model",
            "gpt-4.1",
            "--system",
            "Use {tags}",
            "--prompt",
            "Say {text}",
            "--id",
            "r-{id}",
            "--max-tokens",
            "60");

    assertThat(exit).isZero();
    assertThat(Files.readString(folder.resolve("out.jsonl")))
        .isEqualTo(
            "{\"custom_id\":\"r-7\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\","
                + "\"body\":{\"model\":\"gpt-4.1\",\"messages\":["
                + "{\"role\":\"system\",\"content\":\"Use [\\\"a\\\",\\\"b\\\"]\"},"
                + "{\"role\":\"user\",\"content\":\"Say hello\"}],"
                + "\"max_completion_tokens\":60}}\n");
  }

  @Test
  void aRecordThatNoRequestCanBeMadeOfIsNamed() throws IOException {
    Path records = Files.writeString(folder.resolve("records.jsonl"), "{\"a\": 1}\n[1]\n");
    StringWriter said = new StringWriter();

    int exit = run(records, said, "--model", "m", "--prompt", "{a}");

    assertThat(exit).isEqualTo(ExitCode.COULD_NOT_RUN);
    assertThat(said.toString()).contains("records.jsonl: line 2: it is not a JSON object");
  }

  @Test
  void theDataSetIsNotOverwritten() throws IOException {
    Path records = Files.writeString(folder.resolve("out.jsonl"), "{\"a\": 1}\n");

    assertThat(run(records, "--model", "m", "--prompt", "{a}")).isEqualTo(ExitCode.USAGE);
    assertThat(records).hasContent("{\"a\": 1}\n");
  }

  private int run(Path from, String... arguments) {
    return run(from, new StringWriter(), arguments);
  }

  private int run(Path from, StringWriter said, String... arguments) {
    CommandLine command = new CommandLine(new RequestsCommand());
    command.setErr(new PrintWriter(said, true));
    String[] all = new String[arguments.length + 4];
    System.arraycopy(arguments, 0, all, 4, arguments.length);
    all[0] = "--from";
    all[1] = from.toString();
    all[2] = "-o";
    all[3] = folder.resolve("out.jsonl").toString();
    return command.execute(all);
  }
}
