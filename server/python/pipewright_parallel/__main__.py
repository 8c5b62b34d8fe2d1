"""Hands mini-batches to worker processes, tries failed ones again, and says at the end whether enough went well."""

import multiprocessing
import os
import signal
import sys
import time
from collections import deque
from multiprocessing.connection import wait

from pipewright_parallel.batches import batches_of
from pipewright_parallel.progress import Progress
from pipewright_parallel.settings import read_settings
from pipewright_parallel.worker import work


# So often, if nothing is heard, it is looked whether the processes are still there.
_look_every_seconds = 1.0


class Worker:
    def __init__(self, settings, context):
        self.connection, theirs = context.Pipe()
        self.process = context.Process(target=work, args=(theirs, settings), daemon=True)
        self.process.start()
        theirs.close()
        self.is_ready = False
        self.batch = None
        self.since = time.monotonic()

    def give(self, batch):
        self.batch = batch
        self.since = time.monotonic()
        self.connection.send(batch)

    def end(self):
        if self.process.is_alive():
            self.process.terminate()
            self.process.join(2)
            if self.process.is_alive():
                self.process.kill()
                self.process.join()
        self.connection.close()


class Run:
    def __init__(self, settings, batches):
        self.settings = settings
        self.batches = batches
        self.open = deque(batches)
        self.tries = {}
        self.rows = {}
        self.failed = {}
        self.failed_items = 0
        self.progress = Progress(len(batches))
        self.context = multiprocessing.get_context("spawn")
        self.workers = []

    def perform(self):
        for _ in range(min(self.settings.workers, len(self.batches))):
            self.workers.append(Worker(self.settings, self.context))
        try:
            while len(self.rows) + len(self.failed) < len(self.batches):
                self._turn()
            self._shut_down()
        finally:
            for worker in self.workers:
                worker.end()
            self.progress.end(len(self.rows), len(self.failed))

    def _turn(self):
        for worker in list(self.workers):
            if worker.is_ready and worker.batch is None and self.open:
                self._give(worker)
        heard = wait([worker.connection for worker in self.workers], timeout=self._patience())
        for worker in list(self.workers):
            # A process that the script has started may hold our pipe open after its own has ended.
            if worker.connection in heard or worker.process.exitcode is not None:
                self._hear(worker)
        for worker in list(self.workers):
            self._look_at_clock(worker)

    def _patience(self):
        now = time.monotonic()
        ends = [worker.since + self._limit(worker) - now for worker in self.workers if worker.batch is not None or not worker.is_ready]
        return max(0.01, min([*ends, _look_every_seconds]))

    def _limit(self, worker):
        return self.settings.timeout if worker.is_ready else self.settings.first_task_creation_timeout

    def _give(self, worker):
        batch = self.open.popleft()
        try:
            worker.give(batch)
        except OSError:
            # It ended while it had nothing to do: the mini-batch has not been tried.
            worker.batch = None
            self.open.appendleft(batch)
            self._lost(worker)

    def _hear(self, worker):
        try:
            if not worker.connection.poll():
                return self._lost(worker)
            kind, said = worker.connection.recv()
        except (EOFError, OSError):
            return self._lost(worker)
        if kind == "ready":
            worker.is_ready = True
        elif kind == "broken":
            raise SystemExit(f"the script could not be loaded:\n{said}")
        elif kind == "done":
            self._done(worker, *said)
        elif kind == "failed":
            self._failed(worker, said)

    def _look_at_clock(self, worker):
        is_busy = worker.batch is not None or not worker.is_ready
        if not is_busy or time.monotonic() - worker.since < self._limit(worker):
            return
        if not worker.is_ready:
            raise SystemExit(f"init() of {self.settings.entry_script} was not through after {self._limit(worker):g} s")
        self._replace(worker)
        self._failed(worker, f"run() was not through after {self.settings.timeout:g} s and was ended")

    def _lost(self, worker):
        worker.process.join(2)
        ending = _ending_of(worker.process.exitcode)
        self._replace(worker)
        if worker.batch is None:
            if not worker.is_ready:
                raise SystemExit(f"a worker {ending} before init() was through")
            return
        self._failed(worker, f"its process {ending}")

    def _replace(self, worker):
        worker.end()
        self.workers.remove(worker)
        self.workers.append(Worker(self.settings, self.context))

    def _done(self, worker, rows, count):
        batch, worker.batch = worker.batch, None
        if count < len(batch):
            return self._try_again(batch, f"run() gave {count} of {len(batch)} results", len(batch) - count)
        self.rows[batch.index] = rows
        self.progress.done(batch, time.monotonic() - worker.since, len(self.rows), len(self.failed))

    def _failed(self, worker, why):
        batch, worker.batch = worker.batch, None
        self._try_again(batch, why, len(batch))

    def _try_again(self, batch, why, items):
        self.tries[batch.index] = self.tries.get(batch.index, 0) + 1
        if self.tries[batch.index] <= self.settings.max_retries:
            self.progress.retry(batch, self.tries[batch.index], self.settings.max_retries, why)
            self.open.append(batch)
            return
        self.failed[batch.index] = why
        self.failed_items += items
        self.progress.failed(batch, why, len(self.rows), len(self.failed))
        self._check_thresholds()

    def _check_thresholds(self):
        most = self.settings.mini_batch_error_threshold
        if 0 <= most < len(self.failed):
            raise SystemExit(f"{len(self.failed)} mini-batches failed, and mini_batch_error_threshold allows {most}")
        most_items = self.settings.error_threshold
        if 0 <= most_items < self.failed_items:
            raise SystemExit(f"{self.failed_items} items failed, and error_threshold allows {most_items}")
        percent = 100 * len(self.failed) / len(self.batches)
        if percent > self.settings.allowed_failed_percent:
            raise SystemExit(f"{percent:.0f} % of the mini-batches failed, and allowed_failed_percent is {self.settings.allowed_failed_percent:g}")

    def _shut_down(self):
        asked = [worker for worker in self.workers if worker.is_ready and self._ask_to_end(worker)]
        for worker in asked:
            try:
                if not worker.connection.poll(self.settings.timeout):
                    print(f"parallel: shutdown() was not through after {self.settings.timeout:g} s and was ended", flush=True)
                    continue
                kind, said = worker.connection.recv()
            except (EOFError, OSError):
                continue
            if kind == "broken":
                raise SystemExit(f"shutdown() failed:\n{said}")
            worker.process.join(5)

    def _ask_to_end(self, worker):
        try:
            worker.connection.send(None)
        except OSError:
            return False
        return True


def _ending_of(code):
    """How a process ended, in words."""
    if code is None:
        return "closed the connection to us and was ended"
    if code >= 0:
        return f"ended with {code}"
    try:
        return f"was ended by {signal.Signals(-code).name}"
    except ValueError:
        return f"was ended by signal {-code}"


def write_rows(run, path):
    """Every row that `run` gave, in the order of the mini-batches, in one file."""
    if os.path.isdir(path):
        path = os.path.join(path, "parallel_run_step.txt")
    os.makedirs(os.path.dirname(os.path.abspath(path)), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        for index in sorted(run.rows):
            for row in run.rows[index]:
                file.write(f"{row}\n")


def main():
    settings = read_settings(sys.argv[1:])
    # Ended from outside, the workers go with us.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    batches = batches_of(settings)
    if not batches:
        print("parallel: the input is empty, so there is nothing to do", flush=True)
    run = Run(settings, batches)
    run.perform()
    if settings.append_row_to:
        write_rows(run, settings.append_row_to)


if __name__ == "__main__":
    main()
