"""Metrics for the tracking endpoint that `MLFLOW_TRACKING_URI` names, without importing mlflow (which takes seconds)."""

from __future__ import annotations

import json
import math
import os
import sys
import time
import urllib.error
import urllib.request
from typing import Mapping

#: The server may be restarting: it comes back at the same address.
WAITS = (0.2, 0.5, 1.0, 2.0, 4.0)


def log_metrics(metrics: Mapping[str, float], step: int = 0) -> None:
    """Logs values of metrics; a metric that is logged at several steps becomes a curve. Without an endpoint nothing is done."""
    address, run = os.environ.get("MLFLOW_TRACKING_URI"), os.environ.get("MLFLOW_RUN_ID")
    if not address or not run or not address.startswith("http"):
        return
    now = int(time.time() * 1000)
    values = [
        {"key": name, "value": value if math.isfinite(value) else str(value), "timestamp": now, "step": step}
        for name, value in metrics.items()
    ]
    body = json.dumps({"run_id": run, "metrics": values}).encode()
    request = urllib.request.Request(
        f"{address}/api/2.0/mlflow/runs/log-batch", body, {"Content-Type": "application/json"}, method="POST"
    )
    for wait in (*WAITS, None):
        try:
            with urllib.request.urlopen(request, timeout=10):
                return
        except OSError as error:
            was_refused = isinstance(error, urllib.error.HTTPError) and error.code < 500
            if wait is None or was_refused:
                print(f"warning: the metrics could not be logged: {error}", file=sys.stderr)
                return
            time.sleep(wait)
