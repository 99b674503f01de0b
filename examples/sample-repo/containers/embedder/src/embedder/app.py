from fastapi import FastAPI

from embedder.api import embed


def create_app():  # onex: ignore[DCS005] until=2026-03-31 -- until the move to one application
    app = FastAPI(title="embedder")
    app.include_router(embed.router)

    @app.get("/healthz")
    def healthz():
        return {"ok": True}

    return app


app = create_app()
