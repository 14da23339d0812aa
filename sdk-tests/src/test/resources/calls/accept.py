"""The acceptance list of the gateway, for OpenAI's SDK for Python. The address is the only argument."""

import io
import json
import sys
import time
import urllib.request

import openai

ROOT = sys.argv[1]
client = openai.OpenAI(base_url=ROOT + "/v1", api_key="any", max_retries=0)


class Unseekable(io.RawIOBase):
    """What has no length: it is sent in chunks."""

    def __init__(self, content):
        self.content = io.BytesIO(content)

    def readable(self):
        return True

    def readinto(self, into):
        return self.content.readinto(into)


def stored(content):
    file = client.files.create(file=("in.jsonl", content), purpose="batch")
    assert client.files.content(file.id).content == content, len(content)
    return file


# 2: sizes around the edges of buffers, with a length and without.
for edge in (1, 8192, 65536, 524288, 1048224):
    for size in sorted({max(1, edge + d) for d in (-70, -1, 0, 1, 70)}):
        content = (b"0123456789abcde\n" * (size // 16 + 1))[:size]
        client.files.delete(stored(content).id)
content = b"x" * 700_000
chunked = client.files.create(file=("in.jsonl", Unseekable(content)), purpose="batch")
assert client.files.content(chunked.id).content == content
print("line 2: files of any size")

# 3: lists, also behind a cursor that is gone.
made = [stored(b"{}\n").id for _ in range(3)]
seen = [each.id for each in client.files.list(limit=2, order="desc")]
assert seen[:3] == made[::-1] and len(seen) == len(set(seen)), seen
client.files.delete(made[2])
behind = client.files.list(limit=2, after=made[2], order="desc")
assert [each.id for each in behind.data] == [made[1], made[0]], behind
print("line 3: pages")

# 9 is in gateway.py. 16: Azure's client.
azure = openai.AzureOpenAI(azure_endpoint=ROOT, api_key="any", api_version="2024-10-21", max_retries=0)
chat = azure.chat.completions.create(model="gpt-4o-mini", messages=[{"role": "user", "content": "Hello"}])
assert chat.choices[0].message.content
line = {
    "custom_id": "a",
    "method": "POST",
    "url": "/v1/chat/completions",
    "body": {"model": "gpt-4o-mini", "messages": [{"role": "user", "content": "later"}]},
}
file = azure.files.create(file=("in.jsonl", json.dumps(line).encode()), purpose="batch")
batch = azure.batches.create(
    input_file_id=file.id, endpoint="/v1/chat/completions", completion_window="24h"
)
deadline = time.monotonic() + 120
while batch.status not in ("completed", "failed", "cancelled") and time.monotonic() < deadline:
    time.sleep(0.2)
    batch = azure.batches.retrieve(batch.id)
assert batch.status == "completed" and batch.request_counts.completed == 1, batch
print("line 16: Azure's paths")

# 12: a stream that breaks off is an error of the SDK; one that a client leaves ends.
with client.chat.completions.create(
    model="gpt-4o-mini",
    messages=[{"role": "user", "content": "[sim:pause=20][sim:tokens=2000]"}],
    stream=True,
) as stream:
    next(iter(stream))
try:
    for _ in client.chat.completions.create(
        model="gpt-4o-mini", messages=[{"role": "user", "content": "[sim:break=3]"}], stream=True
    ):
        pass
    raise AssertionError("a stream that breaks off ends well")
except openai.APIError as e:
    assert not isinstance(e, openai.APIStatusError), e
print("line 12: streams")

# 17: what lasts is not tried again.
started = time.monotonic()
patient = openai.OpenAI(base_url=ROOT + "/v1", api_key="any", max_retries=5)
try:
    patient.batches.cancel(batch.id)
    raise AssertionError("a batch that has ended is cancelled")
except openai.ConflictError as e:
    assert e.response.headers["x-should-retry"] == "false", e.response.headers
    assert int(e.response.headers.get("retry-after", 0)) <= 60
    assert time.monotonic() - started < 20
print("line 17: no sleeping client")

with urllib.request.urlopen(ROOT + "/openapi.json") as described:
    assert json.load(described)["openapi"].startswith("3.1")
print("done", openai.__version__)
