"""OpenAI's SDK for Python, unmodified, against a gateway: the address is the only argument."""

import io
import json
import sys
import time

import openai

client = openai.OpenAI(base_url=sys.argv[1], api_key="any", max_retries=0)


def line(number):
    body = {"model": "gpt-4o-mini", "messages": [{"role": "user", "content": f"question {number}"}]}
    return json.dumps(
        {"custom_id": f"request-{number}", "method": "POST", "url": "/v1/chat/completions", "body": body}
    )


chat = client.chat.completions.create(model="gpt-4o-mini", messages=[{"role": "user", "content": "Hello"}])
assert chat.choices[0].message.content, chat

vectors = client.embeddings.create(model="text-embedding-3-small", input=["one", "two"])
assert len(vectors.data) == 2 and len(vectors.data[0].embedding) > 10, vectors

try:
    client.chat.completions.create(model="nobody", messages=[])
    raise AssertionError("a model that nobody takes is answered")
except openai.NotFoundError as e:
    assert e.code == "model_not_found", e.body
    assert e.request_id.startswith("req_"), e.request_id

text = "\n".join(line(i) for i in range(25))
file = client.files.create(file=("in.jsonl", io.BytesIO(text.encode())), purpose="batch")
assert file.status == "processed" and file.bytes == len(text), file
assert client.files.retrieve(file.id) == file
assert client.files.content(file.id).text == text
assert file.id in [each.id for each in client.files.list(purpose="batch")]

batches = [
    client.batches.create(
        input_file_id=file.id,
        endpoint="/v1/chat/completions",
        completion_window="24h",
        metadata={"number": str(i)},
    )
    for i in range(2)
]
assert [each.id for each in client.batches.list(limit=1)][:2] == [b.id for b in reversed(batches)]

for batch in batches:
    deadline = time.monotonic() + 120
    seen = batch
    while seen.status not in ("completed", "failed", "cancelled") and time.monotonic() < deadline:
        time.sleep(0.2)
        seen = client.batches.retrieve(batch.id)
    assert seen.status == "completed", seen
    assert (seen.request_counts.total, seen.request_counts.completed, seen.request_counts.failed) == (25, 25, 0)
    assert seen.metadata == batch.metadata and seen.error_file_id is None, seen
    assert seen.usage.total_tokens > 0, seen
    lines = [json.loads(each) for each in client.files.content(seen.output_file_id).iter_lines()]
    assert sorted(each["custom_id"] for each in lines) == sorted(f"request-{i}" for i in range(25))
    assert all(each["response"]["body"]["choices"][0]["message"]["content"] for each in lines)

try:
    client.batches.cancel(batches[0].id)
    raise AssertionError("a batch that has ended is cancelled")
except openai.ConflictError as e:
    assert e.response.headers["x-should-retry"] == "false"

waiting = client.chat.completions.create(
    model="gpt-4o-mini", messages=[{"role": "user", "content": "later"}], service_tier="batch"
)
assert waiting.choices == [] and waiting.service_tier == "batch", waiting
deadline = time.monotonic() + 120
answer = waiting
while not answer.choices and time.monotonic() < deadline:
    time.sleep(0.2)
    answer = client.chat.completions.retrieve(waiting.id)
assert answer.choices[0].message.content, answer

assert client.files.delete(file.id).deleted
for gone in (file.id, "file-none"):
    try:
        client.files.retrieve(gone)
        raise AssertionError(f"{gone} is there")
    except openai.NotFoundError:
        pass

print("done", openai.__version__)
