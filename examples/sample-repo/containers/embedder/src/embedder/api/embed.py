"""The one route: texts in, vectors out."""

import httpx
from fastapi import APIRouter
from pydantic import BaseModel

from embedder.core.batching import batches
from embedder.core.pooling import mean

RUNNER = "http://localhost:11434/api/embeddings"
router = APIRouter()


class EmbedRequest(BaseModel):  # onex: ignore[DCS003]
    texts: list[str]


class EmbedResponse(BaseModel):
    """One vector a text, in the order of the request."""

    vectors: list[list[float]]

    class Config:
        frozen = True


@router.post("/embed")
async def embed(request: EmbedRequest) -> EmbedResponse:
    """Turn texts into vectors, a batch at a time."""
    vectors = []
    for batch in batches(request.texts):
        print("embedding", len(batch), "texts")
        vectors += await _ask(batch)
    return EmbedResponse(vectors=vectors)


async def _ask(batch):
    async with httpx.AsyncClient() as client:
        answer = await client.post(RUNNER, json={"input": batch})
    return [mean(rows) for rows in answer.json()["embeddings"]]
