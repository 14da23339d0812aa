// Tags support tickets with a batch of OpenAI's: half the price, some time within a day.
import { setTimeout } from "node:timers/promises";
import OpenAI, { toFile } from "openai";

const client = new OpenAI();

const tickets = ["Where is my parcel?", "The lamp arrived broken.", "Do you ship to Norway?"];
const lines = tickets.map((text, number) => ({
  custom_id: `ticket-${number}`,
  method: "POST",
  url: "/v1/chat/completions",
  body: {
    model: "gpt-4o-mini",
    messages: [{ role: "user", content: `Tag this ticket in one word: ${text}` }],
  },
}));
const content = Buffer.from(lines.map((line) => JSON.stringify(line)).join("\n"));

const file = await client.files.create({ file: await toFile(content, "tickets.jsonl"), purpose: "batch" });
let batch = await client.batches.create({
  input_file_id: file.id,
  endpoint: "/v1/chat/completions",
  completion_window: "24h",
});
while (!["completed", "failed", "expired", "cancelled"].includes(batch.status)) {
  await setTimeout(1000);
  batch = await client.batches.retrieve(batch.id);
}

const output = await (await client.files.content(batch.output_file_id)).text();
for (const line of output.trim().split("\n")) {
  const answer = JSON.parse(line);
  console.log(answer.custom_id, answer.response.body.choices[0].message.content);
}
