"""Requests for a model, handed on to a machine that serves it."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Request
from prometheus_client import Counter

from gateway.api.auth import caller
from gateway.core.routing import NoMachine, choose
from gateway.utils.tokens import estimate_tokens

router = APIRouter(dependencies=[Depends(caller)])
forwarded = Counter("gateway_forwarded_total", "Requests handed on.", ["machine"])


def prompt_of(body: dict[str, Any]) -> str:
    return "\n".join(str(message.get("content", "")) for message in body.get("messages", []))


def queue_header(name: str, length: int) -> dict[str, str]:  # noqa: D103
    return {"X-Harbor-Machine": name, "X-Harbor-Queue": str(length)}


@router.post("/chat/completions")
async def complete(request: Request, subject: Annotated[str, Depends(caller)]) -> Any:
    """Forward a chat request to the machine with the shortest queue.

    Raises:
        HTTPException: 503 if no machine serves the model.
    """
    body = await request.json()
    settings = request.app.state.settings
    try:
        machine = choose(settings.machines, body["model"])
    except NoMachine as error:
        raise HTTPException(503, str(error)) from error
    machine.queued += (cost := estimate_tokens(prompt_of(body)))
    try:
        headers = {"X-Harbor-Caller": subject, **queue_header(machine.name, machine.queued)}
        answer = await request.app.state.client.post(
            f"{machine.url}/v1/chat/completions", json=body, headers=headers
        )
    finally:
        machine.queued -= cost
    forwarded.labels(machine.name).inc()
    return answer.json()
