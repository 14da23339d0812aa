"""LangChain and LiteLLM, unmodified, one call each. The address is the only argument."""

import os
import sys

os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"
import litellm
from langchain_openai import ChatOpenAI

litellm.telemetry = False
answer = litellm.completion(
    model="openai/gpt-4o-mini",
    api_base=sys.argv[1] + "/v1",
    api_key="any",
    messages=[{"role": "user", "content": "Hello"}],
)
assert answer.choices[0].message.content and answer.usage.total_tokens > 0, answer

chat = ChatOpenAI(model="gpt-4o-mini", base_url=sys.argv[1] + "/v1", api_key="any")
message = chat.invoke("Hello")
assert message.content and message.usage_metadata["total_tokens"] > 0, message
assert "".join(chunk.text for chunk in chat.stream("Hello"))
print("done")
