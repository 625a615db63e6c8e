from __future__ import annotations
import typer
def show(context: typer.Context) -> None:
    """x"""
