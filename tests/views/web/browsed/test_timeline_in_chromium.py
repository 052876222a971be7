"""The timeline in real Chromium: days are moved by keys and by clicks, marks lead to events, doubt is drawn."""

import re
from typing import Any

import pytest

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}


def test_days_are_moved_by_keys_and_bins(visit: Any) -> None:
    page = visit("/timeline")
    visit.check("timeline")
    page.locator("#drawing-title", has_text="Events by month").wait_for()
    page.keyboard.press("+")
    page.wait_for_url(re.compile(r"since=.*until="))
    first = page.locator("#filters [name=since]").input_value()
    assert first in page.locator(".moves b").inner_text()
    page.keyboard.press("l")
    page.wait_for_url(lambda address: max(re.findall(r"since=([\d-]+)", address), default="") > first)
    page.keyboard.press("0")
    page.wait_for_url(re.compile(r"/timeline$"))
    bin_ = page.locator("a:has(rect.column)", has_text="2024-05-01 to 2024-05-31")
    bin_.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"since=2024-05-01&until=2024-05-31"))
    page.locator("#drawing-title", has_text="Single events").wait_for()
    listed = page.request.get(visit.address + "/events.json?since=2024-05-01&until=2024-05-31&limit=500").json()
    assert page.locator("a.mark").count() == len(listed["lists"]["events"]["rows"])
    visit.check("timeline-single")


def test_a_mark_leads_to_its_event(visit: Any) -> None:
    page = visit("/timeline?since=2024-03-01&until=2024-04-30&actor=PRK")
    page.locator("#filters [name=by]").select_option("person")
    page.wait_for_url(re.compile("by=person"))
    page.locator(".lane text", has_text="Kim Song Nam").wait_for()
    assert page.locator("a.mark.planned").count() > 0
    assert page.locator("a.mark [mask='url(#soft)']").count() > 0
    mark = page.locator("a.mark").first
    words = mark.locator("title").text_content()
    assert re.search(r"on 20|within|from|first told", words)
    mark.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/events/e-[0-9a-f]{12}$"))
    visit.check()


@pytest.mark.parametrize("visit", [PHONE | {"color_scheme": "dark"}], ids=["phone-dark"], indirect=True)
def test_the_timeline_fits_a_phone(visit: Any) -> None:
    page = visit("/timeline?since=2024-03-01&until=2024-04-30")
    width = page.locator(".timeline > svg").bounding_box()["width"]
    assert 300 < width <= 390
    visit.check()
    page.locator("summary, #of-events").first.scroll_into_view_if_needed()
