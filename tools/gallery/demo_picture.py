"""Draw the README's first picture: the room of ``mtc-kiosk demo`` while robots take the check.

``python -m tools.gallery.demo_picture`` starts the demonstration and a Chromium (``MTC_CHROMIUM`` names it, else
``chromium`` is looked for), and writes ``docs/screens/demo.png``. Two runs differ in who is where.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

PICTURE = Path(__file__).parents[2] / "docs" / "screens" / "demo.png"
MORNING = "2027-06-09T09:30:00Z"
SIZE = {"width": 1366, "height": 850}
ENOUGH, ENOUGH_AT_IT = 8, 4
"""How many pupils have finished in the picture, and how many are in the check."""

PATIENCE_S = 300


def main() -> int:
    """Draw it."""
    command = [sys.executable, "-m", "mtc_kiosk", "demo", "--port", "0", "--no-browser", "--json"]
    environ = {**os.environ, "MTC_KIOSK_NOW": MORNING}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environ) as demo:  # noqa: S603 - a command of our own
        assert demo.stdout is not None
        url = json.loads(demo.stdout.readline())["data"]["url"]
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(
                    executable_path=os.environ.get("MTC_CHROMIUM") or shutil.which("chromium"), args=["--no-sandbox"]
                )
                page = browser.new_page(viewport=SIZE)  # type: ignore[arg-type]  # a mapping is what it takes
                _wait_for_class(page, f"{url}room")
                page.screenshot(path=PICTURE)
                browser.close()
        finally:
            demo.terminate()
    print(PICTURE)
    return 0


def _wait_for_class(page: Page, room: str) -> None:
    """Look at the room until enough have finished, some are at it and one needs a person."""
    give_up_at = time.monotonic() + PATIENCE_S
    while time.monotonic() < give_up_at:
        page.goto(room)
        needs, going, _, finished = (int(each) for each in page.locator(".counts .count b").all_inner_texts())
        if needs and going >= ENOUGH_AT_IT and finished >= ENOUGH:
            return
        time.sleep(0.5)
    raise TimeoutError("The class did not get far enough.")


if __name__ == "__main__":
    sys.exit(main())
