"""OpenAI's SDK for Python, unmodified: schemas, tools, streams, models. The address is the only argument."""

import json
import sys
from typing import Literal

import openai
from pydantic import BaseModel, Field

client = openai.OpenAI(base_url=sys.argv[1] + "/v1", api_key="any", max_retries=0)
QUESTION = [{"role": "user", "content": "Where is the parcel?"}]


class Line(BaseModel):
    article: str
    number: int


class Ticket(BaseModel):
    kind: Literal["question", "complaint"]
    urgent: bool
    summary: str | None
    lines: list[Line] = Field(min_length=2)


class Lookup(BaseModel):
    """Finds an order."""

    order: str
    days: int


# A schema: parsed by the SDK itself, whole and streamed.
parsed = client.chat.completions.parse(model="gpt-4o-mini", messages=QUESTION, response_format=Ticket)
assert len(parsed.choices[0].message.parsed.lines) >= 2, parsed
with client.chat.completions.stream(model="gpt-4o-mini", messages=QUESTION, response_format=Ticket) as stream:
    for _ in stream:
        pass
    assert stream.get_final_completion().choices[0].message.parsed.kind in ("question", "complaint")
response = client.responses.parse(model="gpt-5-mini", input="Where is it?", text_format=Ticket)
assert response.output_parsed.kind in ("question", "complaint"), response

# A tool that has to be called.
tool = openai.pydantic_function_tool(Lookup)
for choice in ("required", {"type": "function", "function": {"name": "Lookup"}}):
    called = client.chat.completions.parse(
        model="gpt-4o-mini", messages=QUESTION, tools=[tool], tool_choice=choice
    )
    call = called.choices[0].message.tool_calls[0]
    assert call.function.name == "Lookup" and isinstance(call.function.parsed_arguments, Lookup), called
call = client.responses.create(
    model="gpt-4o-mini",
    input="Where is it?",
    tools=[{"type": "function", "name": "look", "strict": True, "parameters": Lookup.model_json_schema()}],
    tool_choice="required",
).output[-1]
assert call.type == "function_call" and Lookup.model_validate_json(call.arguments), call

# Streams.
chunks = list(
    client.chat.completions.create(
        model="gpt-4o-mini", messages=QUESTION, stream=True, stream_options={"include_usage": True}
    )
)
said = "".join(c.choices[0].delta.content or "" for c in chunks if c.choices)
assert said and chunks[-1].usage.total_tokens > 0, chunks[-1]
with client.responses.stream(model="gpt-5-mini", input="Where is it?", text_format=Ticket) as stream:
    types = [event.type for event in stream]
    assert types[0] == "response.created" and types[-1] == "response.completed", types
    assert stream.get_final_response().output_parsed.lines
pieces = [c.choices[0].text for c in client.completions.create(model="gpt-4o-mini", prompt="Say", stream=True)]
assert "".join(pieces)
try:
    for _ in client.chat.completions.create(
        model="gpt-4o-mini", messages=[{"role": "user", "content": "[sim:break=3]"}], stream=True
    ):
        pass
    raise AssertionError("a stream that breaks off ends well")
except openai.APIError as e:
    assert not isinstance(e, openai.APIConnectionError), e

# Models.
models = [each.id for each in client.models.list()]
assert "gpt-4o-mini" in models, models
assert client.models.retrieve("gpt-4o-mini").object == "model"
try:
    client.chat.completions.create(model="nobody", messages=QUESTION)
    raise AssertionError("a model that nobody has answers")
except openai.NotFoundError as e:
    assert e.code == "model_not_found", e.body
print("done", openai.__version__, json.dumps(len(models)))
