"""Flows: how a person gets through a journey, one journey a file."""
