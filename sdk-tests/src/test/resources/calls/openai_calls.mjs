// OpenAI's SDK for Node, unmodified: tools, streams, models. The address is the only argument.
import assert from "node:assert/strict";
import { createRequire } from "node:module";

// As for CommonJS, NODE_PATH says where packages are.
const OpenAI = createRequire(import.meta.url)("openai");
const client = new OpenAI({ baseURL: process.argv[2] + "/v1", apiKey: "any", maxRetries: 0 });
const model = "gpt-4o-mini";
const messages = [{ role: "user", content: "Where is the parcel?" }];
const schema = {
  type: "object",
  properties: { kind: { enum: ["question", "complaint"] }, urgent: { type: "boolean" } },
  required: ["kind", "urgent"],
  additionalProperties: false,
};

const parsed = await client.chat.completions.parse({
  model,
  messages,
  response_format: { type: "json_schema", json_schema: { name: "ticket", strict: true, schema } },
});
assert.ok(["question", "complaint"].includes(parsed.choices[0].message.parsed.kind));

const tools = [{ type: "function", function: { name: "look", parameters: schema } }];
const called = await client.chat.completions.create({ model, messages, tools, tool_choice: "required" });
assert.equal(called.choices[0].finish_reason, "tool_calls");
assert.equal(typeof JSON.parse(called.choices[0].message.tool_calls[0].function.arguments).urgent, "boolean");

const stream = client.chat.completions.stream({
  model,
  messages,
  tools,
  tool_choice: "required",
  stream_options: { include_usage: true },
});
const streamed = await stream.finalChatCompletion();
assert.equal(typeof JSON.parse(streamed.choices[0].message.tool_calls[0].function.arguments).urgent, "boolean");
assert.ok((await stream.totalUsage()).total_tokens > 0);

const response = client.responses.stream({ model, input: "Where is it?" });
let said = "";
response.on("response.output_text.delta", (event) => (said += event.delta));
assert.equal((await response.finalResponse()).output_text, said);

const models = [];
for await (const each of client.models.list()) models.push(each.id);
assert.ok(models.includes(model));
await assert.rejects(client.models.retrieve("nobody"), OpenAI.NotFoundError);
console.log("done");
