import os

import httpx
import pytest

URL = os.environ.get("HARBOR_URL")


@pytest.mark.skipif(not URL, reason="HARBOR_URL names no running gateway")
def test_a_request_without_a_token_is_refused():
    assert httpx.post(f"{URL}/v1/chat/completions", json={}).status_code in (401, 403)
