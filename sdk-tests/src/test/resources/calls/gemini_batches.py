"""Google's SDK for Python, unmodified, against a gateway: the address is the only argument."""

import io
import json
import sys
import time

from google import genai
from google.genai import errors, types

url = sys.argv[1]
client = genai.Client(api_key="any", http_options={"base_url": url})
other = genai.Client(
    api_key="any", http_options={"base_url": url, "headers": {"x-offpeak-tenant": "somebody-else"}}
)
MODEL = "gemini-3.5-flash"
EMBEDDING = "gemini-embedding-001"
OVER = ("JOB_STATE_SUCCEEDED", "JOB_STATE_FAILED", "JOB_STATE_CANCELLED", "JOB_STATE_EXPIRED")


def contents(text):
    return [{"role": "user", "parts": [{"text": text}]}]


def over(name):
    deadline = time.monotonic() + 120
    seen = client.batches.get(name=name)
    while seen.state.name not in OVER and time.monotonic() < deadline:
        time.sleep(0.2)
        seen = client.batches.get(name=name)
    return seen


def refused(code, call):
    try:
        call()
    except errors.ClientError as e:
        assert e.code == code, e
        return e
    raise AssertionError("no error")


# With a file, in one piece.
text = "\n".join(
    json.dumps({"key": f"request-{i}", "request": {"contents": contents(f"question {i}")}}) for i in range(25)
)
file = client.files.upload(
    file=io.BytesIO(text.encode()), config={"display_name": "in", "mime_type": "application/jsonl"}
)
assert file.name.startswith("files/") and file.size_bytes == len(text), file
assert (file.state.name, file.mime_type, file.display_name) == ("ACTIVE", "application/jsonl", "in"), file
assert client.files.get(name=file.name) == file
assert client.files.download(file=file.name) == text.encode()
assert file.name in [each.name for each in client.files.list(config={"page_size": 1})]

batch = client.batches.create(model=MODEL, src=file.name, config={"display_name": "of a file"})
assert batch.name.startswith("batches/") and batch.display_name == "of a file", batch
assert batch.state.name in ("JOB_STATE_PENDING", "JOB_STATE_RUNNING"), batch
seen = over(batch.name)
assert seen.state.name == "JOB_STATE_SUCCEEDED" and seen.model == f"models/{MODEL}", seen
assert seen.end_time and seen.dest.file_name, seen
lines = [json.loads(each) for each in client.files.download(file=seen.dest.file_name).decode().splitlines()]
assert sorted(each["key"] for each in lines) == sorted(f"request-{i}" for i in range(25))
assert all(each["response"]["candidates"][0]["content"]["parts"][0]["text"] for each in lines)

# With a file of several pieces, and a name of one's own.
padding = "x" * (9 << 20)
large = json.dumps({"key": "large", "request": {"contents": contents("a"), "labels": {"p": padding}}})
pieces = client.files.upload(
    file=io.BytesIO(large.encode()), config={"name": "of-my-own", "mime_type": "application/jsonl"}
)
assert pieces.name == "files/of-my-own" and pieces.size_bytes == len(large), pieces
assert client.files.download(file=pieces.name) == large.encode()
refused(
    409,
    lambda: client.files.upload(
        file=io.BytesIO(b"{}"), config={"name": "of-my-own", "mime_type": "application/jsonl"}
    ),
)
client.files.delete(name=pieces.name)
refused(404, lambda: client.files.get(name=pieces.name))

# With requests in the call: in order, with their metadata.
inline = [
    types.InlinedRequest(contents=f"inline {i}", metadata={"key": f"k{i % 3}", "n": str(i)}) for i in range(12)
]
batch2 = client.batches.create(model=MODEL, src=inline, config={"display_name": "inline"})
seen = over(batch2.name)
assert seen.state.name == "JOB_STATE_SUCCEEDED", seen
assert [each.metadata["n"] for each in seen.dest.inlined_responses] == [str(i) for i in range(12)], seen
assert all(each.response.text for each in seen.dest.inlined_responses), seen

embeddings = client.batches.create_embeddings(
    model=EMBEDDING,
    src={"inlined_requests": {"contents": ["one", "two", "three"], "config": {"output_dimensionality": 16}}},
)
seen = over(embeddings.name)
assert seen.state.name == "JOB_STATE_SUCCEEDED", seen
vectors = seen.dest.inlined_embed_content_responses
assert len(vectors) == 3 and all(each.response.embedding.values for each in vectors), seen

names = [each.name for each in client.batches.list(config={"page_size": 1})]
assert names[:3] == [embeddings.name, batch2.name, batch.name], names
assert not list(other.batches.list()) and not list(other.files.list())

bad = client.files.upload(file=io.BytesIO(b'{"no": "key"}'), config={"mime_type": "application/jsonl"})
seen = over(client.batches.create(model=MODEL, src=bad.name).name)
assert seen.state.name == "JOB_STATE_FAILED", seen

running = client.batches.create(model=MODEL, src=inline)
client.batches.cancel(name=running.name)
assert over(running.name).state.name in ("JOB_STATE_CANCELLED", "JOB_STATE_SUCCEEDED")
client.batches.delete(name=running.name)
client.batches.delete(name=batch.name)
client.files.delete(name=file.name)

for who, gone in ((client, batch.name), (client, "batches/none"), (other, batch2.name)):
    for call in (who.batches.get, who.batches.cancel, who.batches.delete):
        assert refused(404, lambda: call(name=gone)).status == "NOT_FOUND"
for who, gone in ((client, file.name), (client, "files/none"), (other, bad.name)):
    for call in (who.files.get, who.files.delete):
        assert refused(404, lambda: call(name=gone)).status == "NOT_FOUND"
refused(404, lambda: other.files.download(file=bad.name))
refused(404, lambda: other.batches.create(model=MODEL, src=bad.name))

print("done", genai.__version__)
