"""Vendors of models, and tools around them: Cohere, Mistral, Groq, Replicate, and others.

Sources: the vendors' pages on authentication: docs.cohere.com, docs.mistral.ai,
console.groq.com/docs, replicate.com/docs, docs.perplexity.ai, docs.x.ai, api-docs.deepseek.com,
docs.together.ai, elevenlabs.io/docs, docs.wandb.ai, docs.langchain.com, docs.pinecone.io,
openrouter.ai/docs, docs.nvidia.com/nim, docs.voyageai.com, developers.deepgram.com, jina.ai,
docs.tavily.com.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import BASE62, HEX, LOWER_ALNUM, URL_SAFE, WORD
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import UUID, Choice, Run, Token


class ModelToken(ProviderToken):
    """A key of a vendor of models stands in a file.

    Whoever has it spends your money. Revoke it, and hand in a new one by the environment.
    """

    code, name = "SEC159", "model-token"
    provider = ""
    tokens = (
        Token("Cohere key", Run(BASE62, 40), near=("cohere", "co api key")),
        Token("Mistral key", Run(BASE62, 32), near=("mistral",), named=True),
        Token("Groq key", "gsk_", Run(BASE62, 52)),
        Token("Replicate token", "r8_", Run(URL_SAFE, 37)),
        Token("Perplexity key", "pplx-", Run(BASE62, 48, 56)),
        Token("xAI key", "xai-", Run(WORD, 70, 90)),
        Token("DeepSeek or DashScope key", "sk-", Run(HEX, 32)),
        Token("Together key", Run(HEX, 64), near=("together",), named=True),
        Token("Together key", "tgp_v1_", Run(URL_SAFE, 43)),
        Token("ElevenLabs key", "sk_", Run(HEX, 48)),
        Token("ElevenLabs key", Run(HEX, 32), near=("eleven labs", "xi api key", "ElevenLabs")),
        Token(
            "Weights & Biases key", Run(HEX, 40), near=("wandb", "weights and biases", "wandb ai")
        ),
        Token("Weights & Biases key", "wandb_v1_", Run(URL_SAFE, 60, 100)),
        Token("LangSmith key", Choice(("lsv2_pt_", "lsv2_sk_")), Run(HEX, 32), "_", Run(HEX, 10)),
        Token("LangSmith key", "ls__", Run(HEX, 32)),
        Token("Langfuse secret key", "sk-lf-", *UUID),
        Token("Pinecone key", "pcsk_", Run(WORD, 60, 80)),
        Token("Pinecone key", *UUID, near=("pinecone",)),
        Token("Fireworks key", "fw_", Run(BASE62, 22, 24)),
        Token("OpenRouter key", "sk-or-v1-", Run(HEX, 64)),
        Token("Cerebras key", "csk-", Run(LOWER_ALNUM, 48)),
        Token("NVIDIA key", "nvapi-", Run(URL_SAFE, 60, 80)),
        Token("Voyage key", "pa-", Run(URL_SAFE, 43)),
        Token("AssemblyAI key", Run(HEX, 32), near=("assembly ai", "AssemblyAI")),
        Token("Deepgram key", Run(HEX, 40), near=("deep gram",)),
        Token("Jina key", "jina_", Run(URL_SAFE, 50, 70)),
        Token("Tavily key", "tvly-", Run(URL_SAFE, 32, 44)),
        Token("Firecrawl key", "fc-", Run(HEX, 32)),
        Token("E2B key", "e2b_", Run(HEX, 40)),
        Token("LlamaCloud key", "llx-", Run(BASE62, 48)),
        Token("Modal token", Choice(("ak-", "as-")), Run(BASE62, 22), near=("modal", "token")),
        Token("AI21 key", Run(BASE62, 32), near=("ai21", "AI21"), named=True),
        Token("CloudSight key", Run(URL_SAFE, 22), near=("cloud sight",)),
    )
