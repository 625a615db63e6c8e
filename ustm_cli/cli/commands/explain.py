from __future__ import annotations
import typer
def explain(context: typer.Context) -> None:
    """x"""
