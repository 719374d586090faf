"""Ask the server in this container for robots.txt, as the proxy would; exit 1 when it does not answer with 200."""

import os
import sys
from http.client import HTTPConnection

host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].strip().lstrip(".")
connection = HTTPConnection("127.0.0.1", 8000, timeout=4)
try:
    connection.request("GET", "/robots.txt", headers={"Host": host, "X-Forwarded-Proto": "https"})
    sys.exit(connection.getresponse().status != 200)
except OSError as error:
    sys.exit(f"No answer: {error}")
