"""Which of several endpoints or accounts is this worker's: the workers of all shards take them in turn."""


def place_of(worker: str | None, workers: int, shard: str | None) -> int:
    """A number to count round with: `worker` as xdist names it ("gw3"), one of so many `workers`; `shard` as "2/4"."""
    number = int((worker or "gw0").removeprefix("gw")) % workers  # one that replaces a crashed one is counted on
    return (int((shard or "1/1").partition("/")[0]) - 1) * workers + number
