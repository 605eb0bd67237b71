"""The whole nightly on one machine, once healthy and once with each thing that may go wrong: `make rehearsal`."""
