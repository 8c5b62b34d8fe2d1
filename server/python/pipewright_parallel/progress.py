"""Says how far a parallel step has come: in its log, and as metrics that the page draws while it runs."""

import json
import os
import time
import urllib.error
import urllib.request

_metrics_every_seconds = 0.5


class Progress:
    def __init__(self, total):
        self.total = total
        self._sent_at = 0.0
        print(f"parallel: {total} mini-batch{'' if total == 1 else 'es'}", flush=True)
        self._send(0, 0, is_due=True)

    def done(self, batch, seconds, done, failed):
        print(f"parallel: mini-batch {batch.index + 1} of {self.total} done, {len(batch)} items in {seconds:.1f} s", flush=True)
        self._send(done, failed)

    def retry(self, batch, tries, most, why):
        print(f"parallel: mini-batch {batch.index + 1} of {self.total} failed and is tried again ({tries} of {most}): {_last_line(why)}", flush=True)

    def failed(self, batch, why, done, failed):
        print(f"parallel: mini-batch {batch.index + 1} of {self.total} failed:\n{why.rstrip()}", flush=True)
        self._send(done, failed)

    def end(self, done, failed):
        print(f"parallel: {done} of {self.total} mini-batches done, {failed} failed", flush=True)
        self._send(done, failed, is_due=True)

    def _send(self, done, failed, is_due=False):
        now = time.monotonic()
        if not is_due and now - self._sent_at < _metrics_every_seconds:
            return
        self._sent_at = now
        uri, run = os.environ.get("MLFLOW_TRACKING_URI", ""), os.environ.get("MLFLOW_RUN_ID", "")
        if not uri.startswith("http") or not run:
            return
        stamp = int(time.time() * 1000)
        values = {"mini_batches_total": self.total, "mini_batches_done": done, "mini_batches_failed": failed}
        metrics = [{"key": key, "value": value, "timestamp": stamp, "step": done + failed} for key, value in values.items()]
        body = json.dumps({"run_id": run, "metrics": metrics}).encode()
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {os.environ.get('MLFLOW_TRACKING_TOKEN', run)}"}
        request = urllib.request.Request(f"{uri}/api/2.0/mlflow/runs/log-batch", body, headers)
        try:
            urllib.request.urlopen(request, timeout=5).close()
        except (urllib.error.URLError, OSError):
            # Progress that nobody hears of is no reason to stop the work.
            pass


def _last_line(text):
    lines = [line for line in text.strip().splitlines() if line.strip()]
    return lines[-1].strip() if lines else ""
