"""Changes to the text of a plan: values replaced, keys put in or left out; what is not touched stays as it is.

No change loses a comment: those that stood inside what is left out remain, on lines of their own.
"""

from __future__ import annotations

from collections.abc import Iterator

from ustm_cli.plan.syntax import Entry, Node, Place, comments, starts_of, tree_of, written


class Edit:
    """Changes to one text, gathered and then applied at once."""

    def __init__(self, text: str) -> None:
        self.text = text if text.endswith("\n") else text + "\n"
        self.tree = tree_of(self.text)
        self.lines = self.text.split("\n")
        self._starts = starts_of(self.text)
        self._changes: list[tuple[int, int, str]] = []

    def result(self) -> str:
        text = self.text
        for start, end, new in sorted(self._changes, reverse=True):
            text = text[:start] + new + text[end:]
        return text

    def at(self, place: Place) -> int:
        return self._starts[place.line] + place.column

    def raw(self, node: Node) -> str:
        """The text of a value as it is written, quotes and all."""
        return self.text[self.at(node.start) : self.at(node.end)]

    def change(self, start: Place, end: Place, new: str) -> None:
        self._changes.append((self.at(start), self.at(end), new))

    def replace(self, scalar: Node, new: str, *, flow: bool) -> None:
        """Another text in a scalar, in the same quotes; one of several lines becomes one line."""
        style = scalar.style if scalar.style in ("'", '"') else ""
        self.change(scalar.start, scalar.end, written(new, flow=flow, style=style))

    def insert_after(self, holder: Node, entry: Entry, key: str, value: str) -> None:
        """A new key behind another one."""
        if holder.flow:
            self.change(entry.value.end, entry.value.end, f", {key}: {written(value, flow=True)}")
            return
        line = last_line(entry) + 1
        indent = " " * entry.start.column
        self.change(Place(line, 0), Place(line, 0), f"{indent}{key}: {written(value)}\n")

    def leave_out(self, holder: Node, entry: Entry) -> None:
        """Take a key with its value out; its comments stay."""
        if holder.flow:
            self._leave_out_of_flow(holder, entry)
            return
        kept = "".join(" " * entry.start.column + comment + "\n" for comment in self.comments_in(entry))
        first, end = entry.start.line, last_line(entry) + 1
        before = self.lines[first][: entry.start.column]
        if not before.strip():
            self.change(Place(first, 0), Place(end, 0), kept)
            return
        # It stands behind a dash: the next key takes its place there.
        index = holder.entries.index(entry)
        follower = holder.entries[index + 1].start
        between = self._comments_between(last_line(entry) + 1, follower.line)
        kept += "".join(" " * entry.start.column + comment + "\n" for comment in between)
        self.change(Place(first, 0), follower, kept + before)

    def _leave_out_of_flow(self, holder: Node, entry: Entry) -> None:
        index = holder.entries.index(entry)
        if index:
            self.change(holder.entries[index - 1].value.end, entry.value.end, "")
        elif len(holder.entries) > 1:
            self.change(entry.start, holder.entries[1].start, "")
        else:
            self.change(entry.start, entry.value.end, "")

    def comment_out(self, holder: Node, entry: Entry) -> None:
        """Make comments of the lines of an item of a block sequence; the list's last one leaves `[]` behind."""
        first, end = entry.start.line, last_line(entry) + 1
        indent = holder.start.column
        for number in range(first, end):
            line = self.lines[number]
            if line.strip():
                self.change(Place(number, 0), Place(number, len(line)), f"{' ' * indent}# {line[indent:]}")

    def comments_in(self, entry: Entry) -> list[str]:
        return list(self._comments_between(entry.start.line, last_line(entry) + 1, entry.start.column))

    def _comments_between(self, first: int, end: int, column: int = 0) -> Iterator[str]:
        """The comments of some lines, each of which holds only whole keys and values."""
        lines = self.lines[first:end]
        if lines:
            lines[0] = " " * column + lines[0][column:]
        text = "\n".join(lines)
        if "#" not in text:
            return
        only = [line.strip() for line in lines if line.strip() and not line.strip().startswith("#")]
        yield from (line.strip() for line in lines if line.strip()) if not only else comments(text + "\n")


def last_line(entry: Entry) -> int:
    """The number of the last line that a key's value takes."""
    return max(entry.value.end.line, entry.start.line)
