"""Google's SDK for Python, unmodified: schemas, tools, streams, models. The address is the only argument."""

import enum
import sys

from google import genai
from google.genai import errors, types
from pydantic import BaseModel

client = genai.Client(api_key="any", http_options={"base_url": sys.argv[1]})
MODEL = "gemini-2.5-flash"


class Kind(enum.Enum):
    QUESTION = "question"
    COMPLAINT = "complaint"


class Ticket(BaseModel):
    kind: Kind
    urgent: bool
    words: list[str]


def ask(**config):
    return client.models.generate_content(
        model=MODEL, contents="Where is it?", config=types.GenerateContentConfig(**config)
    )


ticket = ask(response_mime_type="application/json", response_schema=Ticket).parsed
assert isinstance(ticket, Ticket) and ticket.words, ticket
ticket = ask(response_mime_type="application/json", response_json_schema=Ticket.model_json_schema())
assert Ticket.model_validate_json(ticket.text)
assert ask(response_mime_type="text/x.enum", response_schema=Kind).parsed in Kind

look = types.FunctionDeclaration(name="look", parameters_json_schema=Ticket.model_json_schema())
call = ask(
    tools=[types.Tool(function_declarations=[look])],
    tool_config=types.ToolConfig(
        function_calling_config=types.FunctionCallingConfig(mode="ANY", allowed_function_names=["look"])
    ),
).function_calls[0]
assert call.name == "look" and Ticket.model_validate(call.args), call

chunks = list(client.models.generate_content_stream(model=MODEL, contents="Where is it?"))
assert len(chunks) > 1 and "".join(c.text for c in chunks), chunks
assert chunks[-1].candidates[0].finish_reason == types.FinishReason.STOP
assert chunks[-1].usage_metadata.total_token_count > 0
assert client.models.count_tokens(model=MODEL, contents="Where is it?").total_tokens > 0
assert f"models/{MODEL}" in [each.name for each in client.models.list()]
assert client.models.get(model=MODEL).input_token_limit > 0
try:
    client.models.generate_content(model="gemini-nobody", contents="x")
    raise AssertionError("a model that nobody has answers")
except errors.ClientError as e:
    assert e.code == 404, e
print("done", genai.__version__)
