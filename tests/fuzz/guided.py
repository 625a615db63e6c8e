"""Inputs led by what they reach in the code: `python tests/fuzz/guided.py [TARGET] [SECONDS]`, where Atheris is installed.

Atheris (libFuzzer) begins with the phrases of the manual and of the real plan, or with the corpus of another target,
and keeps what reaches something new. What fails is put into the corpus.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from random import Random

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parent)]

SEEDS = 300
LONGEST = {"phrase": 500, "plan": 4000, "register": 4000, "settings": 4000}
PARTS = ["ustm_cli.deadlines", "ustm_cli.dates", "ustm_cli.plan", "ustm_cli.register", "ustm_cli.settings"]


def main() -> int:
    name = sys.argv[1] if len(sys.argv) > 1 else "phrase"
    seconds = int(sys.argv[2]) if len(sys.argv) > 2 else 60
    try:
        import atheris
    except ImportError:
        print("guided: Atheris is not installed (pip install atheris), left out")
        return 0
    with atheris.instrument_imports(include=PARTS):
        import strays
        from targets import CORPUS, TARGETS

    target = next(one for one in TARGETS if one.name == name)

    def one(data: bytes) -> None:
        # As an editor or a shell would hand it over.
        target.claim(data.decode("utf-8", "replace").encode() if name == "phrase" else data)

    with tempfile.TemporaryDirectory(prefix="ustm-guided-") as place:
        seeds = [phrase.encode() for phrase in strays.phrases()] if name == "phrase" else []
        seeds += [target.make(Random(number)) for number in range(SEEDS)]
        seeds += [path.read_bytes() for path in (CORPUS / name).glob("*")]
        folder, words = Path(place, "seeds"), Path(place, "words.dict")
        folder.mkdir()
        for number, seed in enumerate(seeds):
            (folder / str(number)).write_bytes(seed)
        quoted = (word.encode().hex(" ").replace(" ", "\\x") for word in strays.words() if word.isprintable())
        words.write_text("".join(f'"\\x{word}"\n' for word in quoted), "ascii")
        flags = [f"-max_total_time={seconds}", f"-max_len={LONGEST[name]}", "-timeout=100", "-rss_limit_mb=1024", "-print_final_stats=1", f"-dict={words}"]  # fmt: skip
        atheris.Setup([sys.argv[0], *flags, f"-artifact_prefix={CORPUS / name}/", str(folder)], one)
        atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
