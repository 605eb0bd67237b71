"""Where a click tracker's link leads: one request, whose redirect is read and not followed.

The application never sees a request, so that a one-time link is still unused when the test opens it.
"""

from urllib.parse import urljoin

import httpx

_TIMEOUT = 10.0  # seconds
_REDIRECTS = frozenset({301, 302, 303, 307, 308})  # RFC 9110 section 15.4


def resolve_location(url: str) -> str | None:
    """Return the absolute URL that a tracker redirects to, or None when it does not redirect or cannot be reached.

    Sends one GET (trackers answer HEAD in many ways), without cookies, and reads the header only. Takes 10 s at most.
    """
    try:
        with (
            httpx.Client(follow_redirects=False, timeout=_TIMEOUT) as client,
            client.stream("GET", url, headers={"user-agent": "inboxwright", "accept": "text/html"}) as response,
        ):
            location: str | None = response.headers.get("location")
            if response.status_code not in _REDIRECTS or not location:
                return None
            return urljoin(url, location)
    except (httpx.HTTPError, httpx.InvalidURL, ValueError):
        return None
