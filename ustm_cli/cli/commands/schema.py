from __future__ import annotations
import typer


def schema(context: typer.Context) -> None:
    """x"""
