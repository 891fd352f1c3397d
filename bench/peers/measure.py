"""Runs a command and reports, as one JSON line, its wall seconds and, of it and all it started, CPU seconds and peak memory.

Peak memory is that of the largest process. Needs nothing but Python on Linux or macOS.
"""

import json
import resource
import subprocess
import sys
import time

start = time.perf_counter()
done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL)
seconds = time.perf_counter() - start
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
unit = 1 if sys.platform == "darwin" else 1024
print(json.dumps({"seconds": seconds, "cpuSeconds": usage.ru_utime + usage.ru_stime, "peakBytes": usage.ru_maxrss * unit}))
sys.exit(done.returncode)
