"""Builds the application and serves it."""

from contextlib import asynccontextmanager

import httpx
import uvicorn
from fastapi import FastAPI

from gateway.api import forward, health
from gateway.core.settings import load_settings
from gateway.utils.json_logs import configure_logging


@asynccontextmanager
async def lifespan(app):  # onex: ignore[DCS005] -- FastAPI calls it, nobody else does
    app.state.client = httpx.AsyncClient(timeout=app.state.settings.timeout_seconds)
    yield
    await app.state.client.aclose()


def create_app() -> FastAPI:
    """The application with its routes, ready to serve."""
    configure_logging()
    app = FastAPI(title="gateway", lifespan=lifespan)
    app.state.settings = load_settings()
    app.include_router(health.router)
    app.include_router(forward.router, prefix="/v1")
    return app


def run() -> None:
    """Serve until the process is told to stop."""
    settings = load_settings()
    uvicorn.run(create_app, factory=True, host=settings.host, port=settings.port, log_config=None)


if __name__ == "__main__":
    run()
