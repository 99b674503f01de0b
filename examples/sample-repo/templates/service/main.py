"""{{ summary }}"""

from fastapi import FastAPI

from {{ package }}.api import health

app = FastAPI(title="{{ name }}")
app.include_router(health.router)
