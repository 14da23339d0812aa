// node batch.mjs REQUESTS RESULTS, with OPENAI_BASE_URL and OPENAI_API_KEY
import fs from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import OpenAI from "openai";

const openai = new OpenAI();
const [requests, results] = process.argv.slice(2);
const file = await openai.files.create({ file: fs.createReadStream(requests), purpose: "batch" });
let job = { input_file_id: file.id, endpoint: "/v1/chat/completions", completion_window: "24h" };
job = await openai.batches.create(job);
while (!["completed", "failed", "expired", "cancelled"].includes(job.status)) {
  await sleep(1000);
  job = await openai.batches.retrieve(job.id);
}
const answers = await openai.files.content(job.output_file_id);
fs.writeFileSync(results, Buffer.from(await answers.arrayBuffer()));
