"""How a program of the bench talks: one job as JSON in the first argument, one JSON line on standard output a sample."""

import json
import sys
import time

import numpy as np


def report(**sample):
    print(json.dumps(sample), flush=True)


def answer(**tasks):
    """Answers the job with the task's own function; a task that the program cannot do is an error."""
    job = json.loads(sys.argv[1])
    if job["task"] not in tasks:
        raise SystemExit(f'this program cannot do "{job["task"]}".')
    tasks[job["task"]](job)


class Clock:
    """Wall seconds, and CPU seconds of all threads of this process, since it was made."""

    def __init__(self):
        self.wall, self.cpu = time.perf_counter(), time.process_time()

    def read(self):
        return {"seconds": time.perf_counter() - self.wall, "cpuSeconds": time.process_time() - self.cpu}


def report_inference(job, predict, images):
    """Calls predict(batch) for a while at each batch size, after a warm-up, and reports images, seconds and latencies."""
    for batch in job["batchSizes"]:
        inputs = np.ascontiguousarray(images[:batch])
        repeat(lambda: predict(inputs), job["seconds"] / 2)
        clock = Clock()
        milliseconds = repeat(lambda: predict(inputs), job["seconds"])
        p50, p99 = np.quantile(milliseconds, [0.5, 0.99])
        report(batchSize=batch, images=batch * len(milliseconds), **clock.read(), p50=p50, p99=p99)


def repeat(call, seconds):
    """Milliseconds of each of the calls that fit into the time, at least one."""
    milliseconds = []
    start = now = time.perf_counter()
    while not milliseconds or now - start < seconds:
        begun = now
        call()
        now = time.perf_counter()
        milliseconds.append((now - begun) * 1000)
    return milliseconds
