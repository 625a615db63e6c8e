"""Plain columns for a terminal: heads, rows and one column that takes the room that is left, its text wrapped."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ustm_cli.render.wrap import width, wrap

GAP = "  "
NARROWEST = 12


def columns(
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    wide: int,
    room: int,
    right: Collection[int] = (),
    below: Sequence[str] = (),
) -> str:
    """`wide` is the index of the column that is wrapped, `right` those set to the right, `room` the cells of a line.

    `below` are texts to stand below each row. Where the other columns leave too little room, each row becomes a block
    of lines, headed by its first cell.
    """
    rest = max(room - 2, 8)
    under = ["".join(f"\n  {part}" for part in wrap(text, rest) if part) for text in below] or [""] * len(rows)
    sizes = [max(width(cell) for cell in column) for column in zip(heads, *rows, strict=True)]
    others = sum(sizes) - sizes[wide] + len(GAP) * (len(sizes) - 1)
    if room - others < min(NARROWEST, sizes[wide]):
        return "\n".join(_block(heads, row, room) + more for row, more in zip(rows, under, strict=True))
    sizes[wide] = min(sizes[wide], room - others)
    lines = [_line(heads, sizes, wide, right)]
    lines += [_line(row, sizes, wide, right) + more for row, more in zip(rows, under, strict=True)]
    return "\n".join(lines)


def _line(cells: Sequence[str], sizes: Sequence[int], wide: int, right: Collection[int]) -> str:
    # A column without a head has no cells where there are no rows.
    wrapped = wrap(cells[wide], max(sizes[wide], 1)) or [""]
    lines: list[str] = []
    for number, part in enumerate(wrapped):
        own = [part if index == wide else (cell if number == 0 else "") for index, cell in enumerate(cells)]
        padded = [_padded(cell, sizes[index], index in right) for index, cell in enumerate(own)]
        lines.append(GAP.join(padded).rstrip())
    return "\n".join(lines)


def _padded(cell: str, size: int, right: bool) -> str:
    blank = " " * max(size - width(cell), 0)
    return blank + cell if right else cell + blank


def _block(heads: Sequence[str], row: Sequence[str], room: int) -> str:
    lines = wrap(row[0], room)
    for head, cell in zip(heads[1:], row[1:], strict=True):
        if cell:
            lines += ["  " + part for part in wrap(f"{head}: {cell}" if head else cell, max(room - 2, 8))]
    return "\n".join(lines)
