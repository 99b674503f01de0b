"""What the monitoring asks for."""

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

router = APIRouter()


@router.get("/health")
async def health() -> dict[str, str]:
    """Say that the process runs and answers."""
    return {"status": "ok"}


@router.get("/metrics")
async def metrics() -> Response:  # onex: ignore[DCS005] -- the route says it all
    """All counters, in Prometheus' text format."""
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
