"""Anthropic's SDK for Python, unmodified: schemas, tools, streams, models. The address is the only argument."""

import sys
from typing import Literal

import anthropic
from pydantic import BaseModel

client = anthropic.Anthropic(base_url=sys.argv[1], api_key="any", max_retries=0)
MODEL = "claude-haiku-4-5"
QUESTION = [{"role": "user", "content": "Where is the parcel?"}]


class Ticket(BaseModel):
    kind: Literal["question", "complaint"]
    urgent: bool


TOOL = {"name": "look", "description": "Finds an order", "input_schema": Ticket.model_json_schema()}

parsed = client.messages.parse(model=MODEL, max_tokens=500, messages=QUESTION, output_format=Ticket)
assert parsed.parsed_output.kind in ("question", "complaint"), parsed
for choice in ({"type": "any"}, {"type": "tool", "name": "look"}):
    called = client.messages.create(
        model=MODEL, max_tokens=500, messages=QUESTION, tools=[TOOL], tool_choice=choice
    )
    assert called.stop_reason == "tool_use", called
    assert Ticket.model_validate(called.content[-1].input)

with client.messages.stream(model=MODEL, max_tokens=500, messages=QUESTION) as stream:
    said = "".join(stream.text_stream)
    message = stream.get_final_message()
assert said and message.content[-1].text == said and message.usage.output_tokens > 0, message
with client.messages.stream(
    model=MODEL, max_tokens=500, messages=QUESTION, tools=[TOOL], tool_choice={"type": "any"}
) as stream:
    assert Ticket.model_validate(stream.get_final_message().content[-1].input)
with client.messages.stream(
    model="claude-sonnet-4-5",
    max_tokens=5000,
    messages=QUESTION,
    thinking={"type": "enabled", "budget_tokens": 1024},
) as stream:
    assert stream.get_final_message().content[0].type == "thinking"
try:
    with client.messages.stream(
        model=MODEL, max_tokens=500, messages=[{"role": "user", "content": "[sim:break=4]"}]
    ) as stream:
        stream.until_done()
    raise AssertionError("a stream that breaks off ends well")
except anthropic.APIStatusError:
    pass

assert client.messages.count_tokens(model=MODEL, messages=QUESTION).input_tokens > 0
models = [each.id for each in client.models.list(limit=2)]
assert MODEL in models and len(models) > 2, models
assert client.models.retrieve(MODEL).display_name
try:
    client.messages.create(model="claude-nobody", max_tokens=5, messages=QUESTION)
    raise AssertionError("a model that nobody has answers")
except anthropic.NotFoundError:
    pass
print("done", anthropic.__version__)
