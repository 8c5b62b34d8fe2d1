"""How the stand-ins reach the server that started the step: its tracking endpoint, and beside it the API with the assets."""

import json
import os
import time
import urllib.error
import urllib.parse
import urllib.request

#: The server may be restarting: it comes back at the same address.
_waits = (0.2, 0.5, 1.0, 2.0, 4.0)


class UserErrorException(Exception):
    """What azureml-core raises for a mistake of the caller's."""


def tracking_uri():
    uri = os.environ.get("PIPEWRIGHT_TRACKING_URI") or os.environ.get("MLFLOW_TRACKING_URI", "")
    return uri if uri.startswith("http") else None


def run_id():
    return os.environ.get("MLFLOW_RUN_ID") or None


def is_offline():
    return tracking_uri() is None or run_id() is None


def mlflow(path, body=None, method="POST"):
    """A call of the tracking endpoint."""
    root = tracking_uri()
    if root is None:
        raise RuntimeError("this needs a run: start the script as a step, or set MLFLOW_TRACKING_URI to a Pipewright server")
    url = f"{root}/api/2.0/mlflow/{path}"
    if method == "GET" and body:
        url += "?" + urllib.parse.urlencode(body, doseq=True)
    return json.loads(_call(url, method, None if method == "GET" else json.dumps(body or {}).encode()) or b"{}")


def api(path):
    """A GET of Pipewright's own API; None where there is nothing."""
    root = tracking_uri()
    if root is None:
        raise RuntimeError("this needs a run: start the script as a step of a pipeline")
    base = root[: -len("/mlflow")] if root.endswith("/mlflow") else root
    try:
        return _call(f"{base}/api/{path}", "GET", None)
    except LookupError:
        return None


def quoted(text):
    return urllib.parse.quote(str(text), safe="")


def _call(url, method, data):
    headers = {"Content-Type": "application/json"}
    token = os.environ.get("MLFLOW_TRACKING_TOKEN") or run_id()
    if token:
        headers["Authorization"] = f"Bearer {token}"
    for wait in (*_waits, None):
        request = urllib.request.Request(url, data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.read()
        except urllib.error.HTTPError as error:
            if error.code < 500 or wait is None:
                message = _message_of(error)
                if error.code in (404, 410):
                    raise LookupError(message) from None
                raise UserErrorException(message) from None
        except OSError:
            if wait is None:
                raise
        time.sleep(wait)


def _message_of(error):
    text = error.read().decode("utf-8", "replace")
    try:
        body = json.loads(text)
    except ValueError:
        return f"HTTP {error.code}: {text[:500]}"
    return body.get("message") or " ".join(part for part in (body.get("title"), body.get("detail")) if part) or text
