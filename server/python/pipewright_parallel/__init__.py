"""Runs a parallel step: `init`, `run` and `shutdown` of a script over the mini-batches of one input."""
