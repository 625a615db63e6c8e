"""Plans written in every careless way that YAML allows, for tests of what is written over them."""

from __future__ import annotations

import random

KEYS = (
    "title",
    "id",
    "when",
    "source",
    "note",
    "activities",
    "missions",
    "groups",
    "events",
    "overrides",
    "number",
    "zz",
)
SCALARS = (
    "ก ข", "'q: x'", '"a # b"', "1", "x-y", ">-\n@@folded ก\n@@  more\n@@\n@@end", "|\n@@lit  \n@@two",
    "long\n@@plain\n@@text", '"dq\n@@more"',
)  # fmt: skip
FLOWS = ("[ก ,  b]", "['b',a]", "{a: 1,  b:   ข, title: {c: [1, 2]}}")


class Writer:
    """One text, drawn by a seed: odd indentation, blank lines, comments everywhere, all kinds of scalars."""

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)
        self.out: list[str] = []
        self.comments = 0

    def text(self) -> str:
        self.gap(0)
        self.collection("map", 0, 0, "")
        self.gap(0)
        return "\n".join(self.out) + "\n"

    def comment(self) -> str:
        self.comments += 1
        return f"# c{self.comments}"

    def gap(self, indent: int) -> None:
        for _ in range(self.draw.choice([0, 0, 0, 1, 2])):
            at = max(0, indent + self.draw.choice([0, 0, 0, 2, -2, 5]))
            self.out.append("" if self.draw.random() < 0.5 else " " * at + self.comment())

    def collection(self, kind: str, indent: int, depth: int, first: str) -> None:
        keys = self.draw.sample(KEYS, self.draw.randint(1, 4))
        for number, key in enumerate(keys):
            leads = first and number == 0
            if not leads:
                self.gap(indent)
            head = (first if leads else " " * indent) + (f"{key}:" if kind == "map" else "-")
            self.value(head, kind, indent, depth)

    def value(self, head: str, kind: str, indent: int, depth: int) -> None:
        tail = f"   {self.comment()}" if self.draw.random() < 0.15 else ""
        below = indent + self.draw.choice([2, 2, 4, 3])
        chance = self.draw.random()
        if depth >= 3 or chance < 0.45:
            self.scalar(head, tail, below)
        elif chance < 0.6:
            self.out.append(f"{head} {self.draw.choice(FLOWS)}{tail}")
        else:
            inner = "map" if chance < 0.85 else "seq"
            if kind == "seq" and inner == "map" and self.draw.random() < 0.8:
                self.collection(inner, indent + 2, depth + 1, f"{head} ")
                return
            self.out.append(head + tail)
            self.gap(below)
            self.collection(inner, below, depth + 1, "")

    def scalar(self, head: str, tail: str, indent: int) -> None:
        first, *rest = self.draw.choice(SCALARS).split("\n")
        block = first[0] in "|>"
        self.out.append(f"{head} {first}{tail if block or not rest else ''}")
        self.out += ["" if line == "@@" else line.replace("@@", " " * indent) for line in rest]
        if rest and not block:
            self.out[-1] += tail
