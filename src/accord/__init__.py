"""Accord: evidence in, bargaining space out, and every number can be asked "says who?"."""
