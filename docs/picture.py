"""Takes the picture of the README from the view itself: ``make picture``."""

import os
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

import kg

HERE = Path(__file__).parent


def main() -> None:
    """Open the view of the articles' question in Chromium and keep what is seen."""
    executable = os.environ.get("KG_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    view = kg.open().view(cause="vitamin B12 deficiency", effect="muscle tightness")
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1440, "height": 900}, color_scheme="light")
        page.goto(view.save(Path(folder) / "view.html").as_uri())
        page.wait_for_selector("html[data-ready=true]")
        page.evaluate("kgView.select('https://w3id.org/nutrition-kg/peripheral-neuropathy')")
        page.wait_for_timeout(300)
        page.screenshot(path=HERE / "b12-to-muscle-tightness.png")
        browser.close()


if __name__ == "__main__":
    main()
