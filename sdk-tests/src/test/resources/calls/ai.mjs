// The Vercel AI SDK, unmodified: a text, a stream and an object. The address is the only argument.
import assert from "node:assert/strict";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const { generateObject, generateText, jsonSchema, streamText } = require("ai");
const { createOpenAI } = require("@ai-sdk/openai");
const openai = createOpenAI({ baseURL: process.argv[2] + "/v1", apiKey: "any" });

const { text, usage } = await generateText({ model: openai("gpt-4o-mini"), prompt: "Hello", maxRetries: 0 });
assert.ok(text && usage.totalTokens > 0);

const stream = streamText({ model: openai.chat("gpt-4o-mini"), prompt: "Hello", maxRetries: 0 });
let said = "";
for await (const piece of stream.textStream) said += piece;
assert.ok(said);

const { object } = await generateObject({
  model: openai("gpt-4o-mini"),
  prompt: "Hello",
  maxRetries: 0,
  schema: jsonSchema({
    type: "object",
    properties: { urgent: { type: "boolean" } },
    required: ["urgent"],
    additionalProperties: false,
  }),
});
assert.equal(typeof object.urgent, "boolean");
console.log("done");
