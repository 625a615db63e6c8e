"""Formats: one module each. A renderer computes nothing."""
