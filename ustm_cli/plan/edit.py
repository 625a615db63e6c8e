"""Changes to the text of a plan: values replaced, keys put in or left out; what is not touched stays as it is.

No change loses a comment: those that stood inside what is left out remain, on lines of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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

    def leave_out(self, holder: Node, left: Sequence[Entry]) -> None:
        """Take keys with their values out; their comments stay."""
        if holder.flow:
            self._leave_out_of_flow(holder, left)
            return
        behind_dash = [entry for entry in left if self.lines[entry.start.line][: entry.start.column].strip()]
        for entry in left:
            if entry not in behind_dash:
                kept = self._as_lines(self.comments_in(entry), entry.start.column)
                self.change(Place(entry.start.line, 0), Place(last_line(entry) + 1, 0), kept)
        for entry in behind_dash:
            # The next key that stays takes its place.
            follower = next(other for other in holder.entries if other not in left)
            comments = self.comments_in(entry)
            comments += self._comments_between(
                last_line(entry) + 1, holder.entries[holder.entries.index(entry) + 1].start.line
            )
            column = entry.start.column
            kept = self._as_lines(comments, column) + self.lines[entry.start.line][:column]
            end = holder.entries[holder.entries.index(entry) + 1].start
            self.change(Place(entry.start.line, 0), Place(end.line, 0), kept)
            self.change(Place(follower.start.line, 0), follower.start, "")

    def _as_lines(self, comments: Sequence[str], column: int) -> str:
        return "".join(f"{' ' * column}{comment}\n" for comment in comments)

    def _leave_out_of_flow(self, holder: Node, left: Sequence[Entry]) -> None:
        entries = holder.entries
        stays = False
        for index, entry in enumerate(entries):
            if entry not in left:
                stays = True
            elif stays:
                self.change(entries[index - 1].value.end, entry.value.end, "")
            elif index + 1 < len(entries):
                self.change(entry.start, entries[index + 1].start, "")
            else:
                self.change(entry.start, entry.value.end, "")

    def comment_out(self, holder: Node, entry: Entry) -> None:
        """Make comments of the lines of an item of a block sequence."""
        indent = holder.start.column
        first = entry.start.line
        while not self.lines[first][indent:].startswith("-"):
            first -= 1
        for number in range(first, last_line(entry) + 1):
            line = self.lines[number]
            if line.strip():
                own = line[indent:] if not line[:indent].strip() else line.lstrip()
                self.change(Place(number, 0), Place(number, len(line)), f"{' ' * indent}# {own}")

    def empty_list(self, entry: Entry) -> None:
        """Write `[]` behind a key whose items have all become comments."""
        assert entry.key is not None
        colon = self.text.index(":", self.at(entry.key.end)) + 1
        self._changes.append((colon, colon, " []"))

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
