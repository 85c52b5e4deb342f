"""What the process answers over HTTP beside its pages."""

from fastapi import FastAPI


def create_app() -> FastAPI:
    """The REST API alone: ``uvicorn --factory smartreco.api:create_app``."""
    from smartreco.api import application  # here, since the pages need headers and routes only

    return application.create_app()
