"""Pages in a real Chromium, without a network."""

import pytest

from kg.causal.model import CausalGraph, Claim, Evidence, Source, State
from kg.view import View, render

KG = "https://w3id.org/nutrition-kg/"


@pytest.fixture
def opened(browser, tmp_path):
    """Opens a page in an empty folder, offline, and fails where it asks for anything or complains."""
    contexts, complaints = [], []

    def opened(html: str, hash: str = "", width: int = 1440, height: int = 900, **options):
        folder = tmp_path / f"page-{len(contexts)}"
        folder.mkdir()
        path = View(html, "page").save(folder / "page.html")
        context = browser.new_context(viewport={"width": width, "height": height}, offline=True, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "request",
            lambda request: complaints.append(request.url) if not request.url.startswith(("file:", "blob:")) else None,
        )
        page.goto(path.as_uri() + hash)
        if options.get("java_script_enabled", True):
            page.wait_for_selector("html[data-ready=true]", timeout=10_000)
        assert [entry.name for entry in folder.iterdir()] == ["page.html"]
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def state(name: str, kind: str = "PhysiologicalState") -> State:
    return State(KG + name, name.replace("-", " "), kind, f"What {name} is.", (f"{name} too",))


TEXTBOOK = Source(KG + "source/textbook", "A textbook", "https://example.org/textbook")
TRIALS = Source(KG + "source/trials", "A review of trials", "https://example.org/trials")


def claim(cause: str, relation: str, effect: str, status: str = "probable", certainty: str = "low") -> Claim:
    lines = [Evidence(TEXTBOOK, "supports", "textbook", "Chapter 1", "what it says")]
    if status in ("contested", "refuted"):
        lines.append(Evidence(TRIALS, "disputes", "systematic review"))
    ends = KG + cause, relation, KG + effect
    told = {"high": 5, "moderate": 4, "low": 2, "very low": 0}[certainty]
    return Claim(f"{KG}claim/{cause}_{relation}_{effect}", *ends, status, certainty, tuple(lines), prominence=told)


@pytest.fixture(scope="session")
def seven() -> CausalGraph:
    return seven_states()


def seven_states() -> CausalGraph:
    """Seven states: two lacks, a supplement that inhibits one, a loop, a contested step and a refuted one."""
    states = [
        state("supplement", "Exposure"),
        state("lack-a", "NutrientStatus"),
        state("lack-b", "NutrientStatus"),
        state("misfiring"),
        state("neuropathy", "Condition"),
        state("cramp", "Symptom"),
        state("sign-x", "Sign"),
    ]
    claims = (
        claim("supplement", "inhibits", "lack-a", "established", "high"),
        claim("lack-a", "promotes", "neuropathy", "established", "moderate"),
        claim("neuropathy", "promotes", "misfiring"),
        claim("misfiring", "promotes", "neuropathy"),
        claim("misfiring", "promotes", "cramp", "unverified", "very low"),
        claim("lack-b", "promotes", "cramp", "contested", "very low")._replace(frequency="veryFrequent"),
        claim("lack-a", "promotes", "sign-x", "established", "high"),
        claim("lack-b", "promotes", "sign-x", "refuted", "very low"),
    )
    return CausalGraph({item.iri: item for item in states}, claims)


def layered(count: int) -> CausalGraph:
    """A graph of ``count`` states in layers, each claim into the next or the one after."""
    kinds = ("Exposure", "NutrientStatus", "PhysiologicalState", "PhysiologicalState", "Condition", "Symptom")
    wide = max(1, count // len(kinds))
    names = [(f"state-{at:03}", kinds[min(at // wide, len(kinds) - 1)]) for at in range(count)]
    claims = [
        claim(names[at][0], "inhibits" if at % 9 == 4 else "promotes", names[at + step][0])
        for at in range(count)
        for step in (wide, wide + 1)
        if at + step < count
    ]
    return CausalGraph({KG + name: state(name, kind) for name, kind in names}, tuple(claims))


@pytest.fixture(scope="session")
def html(seven) -> str:
    return render(seven, title="Seven states", start=KG + "lack-a")
