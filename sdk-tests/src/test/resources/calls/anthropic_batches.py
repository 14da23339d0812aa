"""Anthropic's SDK for Python, unmodified, against a gateway: the address is the only argument."""

import sys
import time

import anthropic

url = sys.argv[1]
client = anthropic.Anthropic(base_url=url, api_key="any", max_retries=0)
other = anthropic.Anthropic(
    base_url=url, api_key="any", max_retries=0, default_headers={"x-offpeak-tenant": "somebody-else"}
)


def request(custom_id, model="claude-sonnet-5"):
    return {
        "custom_id": custom_id,
        "params": {
            "model": model,
            "max_tokens": 50,
            "messages": [{"role": "user", "content": f"question {custom_id}"}],
        },
    }


def ended(batch_id):
    deadline = time.monotonic() + 120
    seen = client.messages.batches.retrieve(batch_id)
    while seen.processing_status != "ended" and time.monotonic() < deadline:
        time.sleep(0.2)
        seen = client.messages.batches.retrieve(batch_id)
    assert seen.processing_status == "ended", seen
    return seen


def refused(kind, call):
    try:
        call()
    except kind as e:
        return e
    raise AssertionError(f"no {kind.__name__}")


batch = client.messages.batches.create(
    requests=[request(f"request-{i}") for i in range(25)] + [request("no-such", "no-such-model")]
)
assert batch.id.startswith("msgbatch_") and batch.processing_status == "in_progress", batch
counts = batch.request_counts
assert (counts.processing, counts.succeeded) == (26, 0), batch
assert batch.results_url is None and batch.ended_at is None, batch
assert (batch.expires_at - batch.created_at).total_seconds() == 24 * 3600, batch

seen = ended(batch.id)
counts = seen.request_counts
assert (counts.processing, counts.succeeded, counts.errored) == (0, 25, 1), seen
assert seen.results_url.startswith(url), seen
results = {each.custom_id: each.result for each in client.messages.batches.results(batch.id)}
assert len(results) == 26, results
for i in range(25):
    result = results[f"request-{i}"]
    assert result.type == "succeeded" and result.message.content[0].text, result
assert results["no-such"].type == "errored", results["no-such"]
assert results["no-such"].error.error.type == "not_found_error", results["no-such"]

more = [client.messages.batches.create(requests=[request("request-1")]) for _ in range(3)]
newest_first = [each.id for each in reversed(more)] + [batch.id]
assert [each.id for each in client.messages.batches.list(limit=1)][:4] == newest_first
page = client.messages.batches.list(limit=2, after_id=newest_first[0])
assert [each.id for each in page.data] == newest_first[1:3], page
page = client.messages.batches.list(limit=2, before_id=newest_first[3])
assert [each.id for each in page.data] == newest_first[1:3] and page.has_more, page
assert not other.messages.batches.list().data

error = refused(anthropic.BadRequestError, lambda: client.messages.batches.create(requests=[]))
assert error.body["error"]["type"] == "invalid_request_error" and error.request_id, error.body
twice = [request("a"), request("a")]
error = refused(anthropic.BadRequestError, lambda: client.messages.batches.create(requests=twice))
assert "requests.1.custom_id" in error.message, error.message
refused(anthropic.BadRequestError, lambda: client.messages.batches.cancel(batch.id))

running = client.messages.batches.create(requests=[request(f"c-{i}") for i in range(20)])
refused(anthropic.BadRequestError, lambda: client.messages.batches.delete(running.id))
cancelled = client.messages.batches.cancel(running.id)
assert cancelled.processing_status in ("canceling", "ended"), cancelled
assert cancelled.cancel_initiated_at, cancelled
seen = ended(running.id)
counts = seen.request_counts
assert counts.succeeded + counts.errored + counts.canceled + counts.expired == 20, seen
kinds = [each.result.type for each in client.messages.batches.results(running.id)]
assert kinds.count("canceled") == counts.canceled and len(kinds) == 20, (kinds, seen)

for each in more:
    ended(each.id)
deleted = client.messages.batches.delete(batch.id)
assert deleted.id == batch.id and deleted.type == "message_batch_deleted", deleted

said = set()
for who, gone in ((client, batch.id), (client, "msgbatch_none"), (other, more[0].id)):
    for call in (
        who.messages.batches.retrieve,
        who.messages.batches.cancel,
        who.messages.batches.delete,
        who.messages.batches.results,
    ):
        error = refused(anthropic.NotFoundError, lambda: call(gone))
        assert error.body["error"]["type"] == "not_found_error", error.body
        said.add(error.body["error"]["message"].replace(gone, "X"))
assert len(said) == 1, said

print("done", anthropic.__version__)
