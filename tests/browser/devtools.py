"""A headless Chromium over its DevTools pipe: no driver and no package between the tests and the browser."""

from __future__ import annotations

import base64
import fcntl
import json
import os
import select
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

FLAGS = (
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--hide-scrollbars",
    "--force-device-scale-factor=1",
    "--remote-debugging-pipe",
)
PATIENCE = 60  # seconds for one answer


def program() -> str | None:
    """The Chromium of the machine, None where there is none that can be driven over a pipe."""
    if sys.platform == "win32":
        return None
    wanted = os.environ.get("CHROMIUM")
    return (
        shutil.which(wanted)
        if wanted
        else next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    )


class Browser:
    """One browser with an empty profile of its own; it is ended by `close`."""

    def __init__(self, path: str) -> None:
        self.profile = tempfile.mkdtemp(prefix="ustm-browser-")
        theirs_in, ours_out = os.pipe()
        ours_in, theirs_out = os.pipe()
        high = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 20) for end in (theirs_in, theirs_out)]
        boxed = ["--no-sandbox"] if os.geteuid() == 0 else []
        argv = [path, *FLAGS, *boxed, f"--user-data-dir={self.profile}", "about:blank"]
        actions = [
            (os.POSIX_SPAWN_DUP2, high[0], 3),
            (os.POSIX_SPAWN_DUP2, high[1], 4),
            (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
            (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
        ]
        self.process = os.posix_spawn(path, argv, dict(os.environ), file_actions=actions, setpgroup=0)
        for end in (theirs_in, theirs_out, *high):
            os.close(end)
        self.out, self.into = ours_out, ours_in
        self.number, self.buffer = 0, b""
        self.events: list[dict[str, Any]] = []

    def call(self, method: str, session: str | None = None, **params: Any) -> dict[str, Any]:
        """Send a command and wait for its answer; events that come meanwhile are kept."""
        self.number += 1
        message = {"id": self.number, "method": method, "params": params} | ({"sessionId": session} if session else {})
        os.write(self.out, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._read(PATIENCE)
            if answer is None:
                raise TimeoutError(method)
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return dict(answer["result"])
            self.events.append(answer)

    def wait(self, method: str, session: str) -> None:
        """Wait for an event of a page."""
        while not any(one.get("method") == method and one.get("sessionId") == session for one in self.events):
            event = self._read(PATIENCE)
            if event is None:
                raise TimeoutError(method)
            self.events.append(event)

    def _read(self, patience: float) -> dict[str, Any] | None:
        while b"\0" not in self.buffer:
            if not select.select([self.into], [], [], patience)[0]:
                return None
            data = os.read(self.into, 1 << 20)
            if not data:
                raise EOFError("the browser went away")
            self.buffer += data
        line, _, self.buffer = self.buffer.partition(b"\0")
        return dict(json.loads(line))

    def page(self, path: Path, width: int, height: int = 900) -> Page:
        return Page(self, path, width, height)

    def close(self) -> None:
        for end in (self.out, self.into):
            os.close(end)
        for sign in (signal.SIGTERM, signal.SIGKILL):
            for _ in range(100):
                if os.waitpid(self.process, os.WNOHANG)[0]:
                    shutil.rmtree(self.profile, ignore_errors=True)
                    return
                time.sleep(0.02)
            os.killpg(self.process, sign)
        os.waitpid(self.process, 0)
        shutil.rmtree(self.profile, ignore_errors=True)


class Page:
    """A file opened in a window of a given width (in CSS pixels), with what it said and asked for meanwhile."""

    def __init__(self, browser: Browser, path: Path, width: int, height: int) -> None:
        self.browser = browser
        self.target = browser.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = browser.call("Target.attachToTarget", targetId=self.target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")
        self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600
        )
        self.url = path.as_uri()
        self.call("Page.navigate", url=self.url)
        browser.wait("Page.loadEventFired", self.session)

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        return self.browser.call(method, self.session, **params)

    def run(self, script: str) -> Any:
        """The value of an expression, awaited where it is a promise."""
        result = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in result:
            raise RuntimeError(str(result["exceptionDetails"]))
        return result["result"].get("value")

    def press(self, key: str, text: str = "", code: int = 0, modifiers: int = 0) -> None:
        for kind in ("keyDown", "keyUp"):
            typed = {"text": text} if text and kind == "keyDown" else {}
            self.call(
                "Input.dispatchKeyEvent",
                type=kind,
                key=key,
                code=key,
                windowsVirtualKeyCode=code,
                modifiers=modifiers,
                **typed,
            )

    def complaints(self) -> list[str]:
        """What went to the console: errors, warnings, exceptions, refused loads."""
        said = []
        for event in self._events():
            params = event["params"]
            if event["method"] == "Runtime.exceptionThrown":
                said.append(str(params["exceptionDetails"]))
            elif event["method"] == "Runtime.consoleAPICalled":
                said.append(str(params["args"]))
            elif event["method"] == "Log.entryAdded":
                said.append(str(params["entry"]))
        return said

    def requests(self) -> list[str]:
        """The addresses asked for, the page itself and what it carries in itself left out."""
        asked = [
            one["params"]["request"]["url"] for one in self._events() if one["method"] == "Network.requestWillBeSent"
        ]
        return [url for url in asked if url != self.url and not url.startswith("data:")]

    def _events(self) -> list[dict[str, Any]]:
        return [one for one in self.browser.events if one.get("sessionId") == self.session]

    def picture(self, path: Path, *, whole: bool = True) -> None:
        found = self.call("Page.captureScreenshot", captureBeyondViewport=whole)
        path.write_bytes(base64.b64decode(found["data"]))

    def pdf(self) -> bytes:
        found = self.call("Page.printToPDF", preferCSSPageSize=True, printBackground=False)
        return base64.b64decode(found["data"])

    def close(self) -> None:
        self.browser.call("Target.closeTarget", targetId=self.target)
