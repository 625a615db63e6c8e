"""ustm: an office's annual work plan, turned into dated obligations."""

__version__ = "0.1.0"
