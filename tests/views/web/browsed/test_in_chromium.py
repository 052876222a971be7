"""What an analyst does on the desk, in real Chromium: what is clicked, what must be seen, what the store holds then."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from legation.record.store.schema import decisions, reports
from legation.views.web import rooms

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
DARK = {"color_scheme": "dark"}


def kinds_ruled(visit: Any) -> list[str]:
    with visit.record.reading() as connection:
        return list(connection.scalars(select(decisions.c.kind).order_by(decisions.c.n)))


def find_event(visit: Any, query: str) -> str:
    """The id of an event with most origins among those of a query."""
    rows = visit.page.request.get(f"{visit.address}/events.json?{query}").json()["lists"]["events"]["rows"]
    return str(max(rows, key=lambda row: row["origins"])["id"])


MEETING = "actor=Kim+Song+Nam&actor=Wang+Yi&mode=meet"


def test_today_leads_to_an_event(visit: Any) -> None:
    page = visit("/today")
    assert page.get_by_role("heading", name="Open conflicts").is_visible()
    visit.check("today")
    first = page.locator("#list-newest a").first
    first.click()
    page.wait_for_url(re.compile(r"/events/e-[0-9a-f]{12}$"))
    assert page.get_by_role("heading", name="What the reports say").is_visible()


def test_filters_change_the_list_and_the_address(visit: Any) -> None:
    page = visit("/events")
    visit.check("events")
    page.locator("#filters [name=status]").select_option("planned")
    page.wait_for_url(re.compile(r"[?&]status=planned"))
    page.wait_for_function("[...document.querySelectorAll('#list-events .status')].length > 0")
    shown = page.locator("#list-events > li")
    assert shown.count() == page.locator("#list-events .status.is-planned").count() > 0
    address = page.get_by_role("link", name="Events as JSON").get_attribute("href")
    assert address.startswith("/events.json?")
    assert "status=planned" in address
    rows = page.request.get(visit.address + address).json()["lists"]["events"]["rows"]
    assert len(rows) == shown.count()
    assert page.url.count("=") == 1, "empty filters stay out of the address"


def test_an_event_is_corrected_and_the_ruling_undone(visit: Any) -> None:
    visit("/today")
    event = find_event(visit, MEETING)
    page = visit(f"/events/{event}")
    visit.check("event")
    form = page.locator("#correct")
    form.get_by_label("Day").fill("2024-03-20")
    form.get_by_role("button", name="Correct").click()
    assert form.get_by_label("Reason").evaluate("field => field.validity.valueMissing")
    form.get_by_label("Reason").fill("the ministry says so")
    form.get_by_label("Author").fill("mia")
    form.get_by_role("button", name="Correct").click()
    page.get_by_role("heading", name="Rulings").wait_for()
    assert page.locator(".lead").inner_text().startswith("2024-03-20")
    assert "mia" in page.locator(".rulings").inner_text()
    assert kinds_ruled(visit) == ["correct"]
    page.locator(".rulings summary").click()
    undo = page.locator(".rulings form")
    assert undo.get_by_label("Author").input_value() == "mia", "who rules is kept in this browser"
    undo.get_by_label("Reason").fill("it doesn't")
    undo.get_by_role("button", name="Undo").click()
    page.wait_for_function("!document.querySelector('.lead').innerText.startsWith('2024-03-20')")
    assert kinds_ruled(visit) == ["correct", "undo"]


def test_a_claim_is_split_off(visit: Any) -> None:
    visit("/today")
    event = find_event(visit, MEETING)
    page = visit(f"/events/{event}")
    n = page.locator("#list-claims > li").count()
    other = page.locator("#list-claims > li", has_text="Joined: same persons").last
    other.locator("summary").click()
    form = other.locator("form", has_text="Not this event")
    form.get_by_label("Reason").fill("another meeting")
    form.get_by_role("button", name="Split off").click()
    page.wait_for_function(f"document.querySelectorAll('#list-claims > li').length < {n}")
    assert kinds_ruled(visit) == ["different"]


def test_a_dossier_shows_contacts_and_leads_to_a_tie(visit: Any) -> None:
    page = visit("/actors?q=Wang+Yi")
    page.get_by_role("link", name="Wang Yi", exact=True).first.click()
    page.get_by_role("heading", name="Contacts").wait_for()
    assert page.get_by_role("link", name="Antony Blinken", exact=True).first.is_visible()
    visit.check("actor")
    page.get_by_role("link", name="Tie with Antony Blinken").click()
    page.get_by_role("heading", name="Longest gaps between meetings").wait_for()
    assert "without a meeting" in page.locator(".lead").inner_text()
    visit.check("tie")


def test_two_actors_are_merged_from_the_dossier(visit: Any) -> None:
    page = visit("/actors?q=Cho+Tae")
    row = page.request.get(f"{visit.address}/actors.json?q=Cai+Qi").json()["lists"]["actors"]["rows"][0]
    page.get_by_role("link", name=re.compile("Cho Tae")).first.click()
    page.get_by_text("Merge with another").click()
    form = page.locator("#merge-actor")
    form.get_by_label("Actor").fill(row["actor"])
    form.get_by_label("Reason").fill("for the test")
    form.get_by_role("button", name="They are one").click()
    page.get_by_text("Names taken for this actor").wait_for()
    assert kinds_ruled(visit) == ["same"]
    assert {"Cai Qi", "Cho Tae-yul"} <= set(page.locator("#list-spellings b").all_inner_texts())


def test_search_finds_and_marks(visit: Any) -> None:
    page = visit("/today")
    page.keyboard.press("/")
    page.keyboard.type("bridging proposal")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Reports").wait_for()
    visit.check("search")
    page.locator("#list-reports a").first.click()
    page.locator("article.report-text").wait_for()
    assert page.locator("mark.is-found, mark").first.is_visible()


def test_a_mark_leads_to_its_claim_and_a_missed_event_is_added(visit: Any) -> None:
    page = visit("/reports/demo-wpk-tour-05")
    visit.check("reader")
    page.locator("article mark.is-act").first.click()
    assert re.search(r"#c-[0-9a-f]+$", page.url)
    page.get_by_text("Add an event that was missed").click()
    form = page.locator("#add")
    form.get_by_label("Who").fill("Mira Holt/NOR")
    form.get_by_label("With").fill("Wang Yi/CHN")
    form.get_by_label("Mode").fill("call")
    form.get_by_label("Day").fill("2024-03-22")
    form.get_by_role("button", name="Add").click()
    page.wait_for_url(re.compile("/reports/"))
    assert kinds_ruled(visit) == ["add"]
    page = visit("/events?actor=Mira+Holt")
    assert page.locator("#list-events > li").count() == 1


def test_the_queue_takes_one_key_an_answer(visit: Any) -> None:
    page = visit("/review")
    visit.check("review")
    waiting = page.locator("#list-queue > li").count()
    asked = page.locator("[name=item]").input_value()
    page.keyboard.press("n")
    page.wait_for_function("n => document.querySelectorAll('#list-queue > li').length === n", arg=waiting - 1)
    assert page.locator("[name=item]").input_value() != asked
    page.keyboard.press("a")
    page.wait_for_function("n => document.querySelectorAll('#list-queue > li').length <= n", arg=waiting - 2)
    assert kinds_ruled(visit).count("seen") == 2


def test_an_outlet_is_graded(visit: Any) -> None:
    page = visit("/sources")
    row = page.locator("#list-sources tbody tr", has_text="Kestrel Alert")
    row.locator("summary").click()
    row.get_by_label("Reliability").select_option("D")
    row.get_by_label("Reason").fill("wrong twice")
    row.get_by_role("button", name="Set").click()
    page.locator("#list-sources tbody tr", has=page.locator("b", has_text="D")).wait_for()
    visit.check("sources")
    assert kinds_ruled(visit) == ["grade"]


def test_files_and_text_are_read(visit: Any, tmp_path: Path) -> None:
    page = visit("/read")
    visit.check("read")
    words = (
        "Finnish Foreign Minister Aino Salo met Norwegian Foreign Minister Espen Barth Eide in Oslo on 25 March 2024."
    )
    path = tmp_path / "own.jsonl"
    path.write_text(json.dumps({"id": "own-1", "date": "2024-03-26", "source": "Own Wire", "title": "", "text": words}))
    page.get_by_label("Files").set_input_files(str(path))
    page.get_by_role("textbox", name="Text").fill("Aino Salo will visit Stockholm in May, her ministry said.")
    page.get_by_label("Day").fill("2024-03-28")
    page.get_by_label("Outlet").fill("Pasted Post")
    page.get_by_role("button", name="Read").click()
    page.wait_for_url(re.compile(r"/read/1$"))
    page.locator("#progress[data-over]").wait_for()
    assert "2 new reports" in page.locator("#progress").inner_text()
    with visit.record.reading() as connection:
        outlets = set(connection.scalars(select(reports.c.source)))
    assert {"Own Wire", "Pasted Post"} <= outlets
    page = visit("/read/1")
    assert page.locator("#list-reports > li").count() == 2
    visit.check()


def test_keys_lead_through_the_desk(visit: Any) -> None:
    page = visit("/today")
    page.keyboard.press("?")
    assert page.get_by_role("dialog").is_visible()
    page.keyboard.press("Escape")
    assert page.get_by_role("dialog").count() == 0
    page.keyboard.press("g")
    page.keyboard.press("e")
    page.wait_for_url(re.compile("/events$"))
    page.keyboard.press("j")
    page.keyboard.press("j")
    chosen = page.locator("#list-events a").nth(1).get_attribute("href")
    assert page.evaluate("document.activeElement.getAttribute('href')") == chosen
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(re.escape(chosen)))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"


def test_light_and_dark_are_kept(visit: Any) -> None:
    page = visit("/today")
    light = page.evaluate("getComputedStyle(document.body.parentElement).backgroundColor")
    page.get_by_role("button", name="Light or dark").click()
    dark = page.evaluate("getComputedStyle(document.body.parentElement).backgroundColor")
    assert light != dark
    page = visit("/codebook")
    assert page.evaluate("getComputedStyle(document.body.parentElement).backgroundColor") == dark


def test_another_site_cannot_write(visit: Any) -> None:
    page = visit("/today")
    event = find_event(visit, MEETING)
    page.goto("data:text/html,<form></form>")
    page.evaluate(
        """([address, event]) => {
            const form = document.createElement('form');
            form.method = 'post'; form.action = address + '/rulings';
            for (const [name, value] of [['kind', 'reject'], ['id', event], ['reason', 'stolen']]) {
                const field = document.createElement('input');
                field.name = name; field.value = value; form.append(field);
            }
            document.body.append(form); form.submit();
        }""",
        [visit.address, event],
    )
    page.get_by_role("heading", name=re.compile("Another site asked to write")).wait_for()
    assert kinds_ruled(visit) == []


def every_address(visit: Any) -> list[str]:
    own = [room.path for room in rooms.every() if "{" not in room.path]
    event = find_event(visit, MEETING)
    return [
        *own,
        f"/events/{event}",
        "/actors/CHN",
        "/ties?one=CHN&other=USA",
        "/reports/demo-wpk-tour-02",
        "/search?q=Kim",
    ]


@pytest.mark.parametrize(
    "visit", [{}, DARK, PHONE, PHONE | DARK], ids=["light", "dark", "phone", "phone-dark"], indirect=True
)
def test_no_page_keeps_anybody_out(visit: Any) -> None:
    visit("/today")
    for address in every_address(visit):
        visit(address)
        visit.check()
    visit("/nowhere", status=404)
    visit.check()


@pytest.mark.parametrize("visit", [PHONE], indirect=True)
def test_the_desk_fits_a_phone(visit: Any) -> None:
    visit("/today")
    visit.check("phone")


@pytest.mark.parametrize("visit", [DARK], indirect=True)
def test_the_desk_has_a_dark_side(visit: Any) -> None:
    visit("/today")
    visit(f"/events/{find_event(visit, MEETING)}")
    visit.check("event-dark")
