// OpenAI's SDK for Node, unmodified, against a gateway: the address is the only argument.
import assert from "node:assert/strict";
import { createReadStream, mkdtempSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

// As for CommonJS, NODE_PATH says where packages are.
const OpenAI = createRequire(import.meta.url)("openai");
const client = new OpenAI({ baseURL: process.argv[2], apiKey: "any", maxRetries: 0 });

const line = (number) =>
  JSON.stringify({
    custom_id: `request-${number}`,
    method: "POST",
    url: "/v1/chat/completions",
    body: { model: "gpt-4o-mini", messages: [{ role: "user", content: `question ${number}` }] },
  });

const chat = await client.chat.completions.create({
  model: "gpt-4o-mini",
  messages: [{ role: "user", content: "Hello" }],
});
assert.ok(chat.choices[0].message.content);
await assert.rejects(
  client.chat.completions.create({ model: "nobody", messages: [] }),
  (e) => e instanceof OpenAI.NotFoundError && e.code === "model_not_found" && e.requestID.startsWith("req_"),
);

const text = Array.from({ length: 25 }, (_, i) => line(i)).join("\n");
const path = join(mkdtempSync(join(tmpdir(), "gateway-")), "in.jsonl");
writeFileSync(path, text);
const file = await client.files.create({ file: createReadStream(path), purpose: "batch" });
assert.equal(file.bytes, Buffer.byteLength(text));
assert.equal(await (await client.files.content(file.id)).text(), text);

const batch = await client.batches.create({
  input_file_id: file.id,
  endpoint: "/v1/chat/completions",
  completion_window: "24h",
});
const deadline = Date.now() + 120_000;
let seen = batch;
while (!["completed", "failed", "cancelled"].includes(seen.status) && Date.now() < deadline) {
  await new Promise((wake) => setTimeout(wake, 200));
  seen = await client.batches.retrieve(batch.id);
}
assert.equal(seen.status, "completed");
assert.deepEqual(seen.request_counts, { total: 25, completed: 25, failed: 0 });
const output = await (await client.files.content(seen.output_file_id)).text();
assert.equal(output.trim().split("\n").length, 25);

const listed = [];
for await (const each of client.batches.list({ limit: 1 })) listed.push(each.id);
assert.ok(listed.includes(batch.id));
await assert.rejects(client.batches.cancel(batch.id), (e) => e instanceof OpenAI.ConflictError);
assert.ok((await client.files.delete(file.id)).deleted);
await assert.rejects(client.files.retrieve(file.id), (e) => e instanceof OpenAI.NotFoundError);
console.log("done");
