"""Installed size of Python packages with everything they depend on, from the records of pip."""

import re
from importlib import metadata

from protocol import answer, report


def closure(name, found):
    """Adds the distribution and all it needs here, without extras, to `found`."""
    try:
        distribution = metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return found
    key = re.sub(r"[-_.]+", "-", distribution.metadata["Name"]).lower()
    if key not in found:
        found[key] = distribution
        for requirement in distribution.requires or []:
            if "extra ==" not in requirement:
                closure(re.match(r"[\w.-]+", requirement)[0], found)
    return found


def size(distribution):
    paths = (file.locate() for file in distribution.files or [])
    return sum(path.stat().st_size for path in paths if path.is_file())


def sizes(job):
    for label, names in job["packages"].items():
        found = {}
        for name in names:
            closure(name, found)
        if all(is_installed(name) for name in names):
            report(label=label, packages=len(found), bytes=sum(map(size, found.values())))


def is_installed(name):
    try:
        return bool(metadata.version(name))
    except metadata.PackageNotFoundError:
        return False


answer(sizes=sizes)
