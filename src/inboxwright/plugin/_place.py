"""Which of several endpoints or accounts is this worker's: taken in turn, and each shard starts at another one."""


def place_of(worker: str | None, shard: str | None) -> int:
    """A number to count round with; `worker` as xdist names it ("gw3"), `shard` as "2/4"."""
    return int((worker or "gw0").removeprefix("gw")) + int((shard or "0/1").partition("/")[0])
