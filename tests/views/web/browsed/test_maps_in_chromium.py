"""Trips and the map in real Chromium."""

import re
from typing import Any

import pytest

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}


def tour_of(visit: Any, name: str) -> dict[str, Any]:
    """The trip of somebody with most stops."""
    rows = visit.page.request.get(f"{visit.address}/trips.json?limit=500").json()["lists"]["trips"]["rows"]
    return dict(max((row for row in rows if row["traveller"] == name), key=lambda row: len(row["stops"])))


def test_a_trip_is_opened_from_the_list_and_leads_to_a_meeting(visit: Any) -> None:
    page = visit("/trips")
    tour = tour_of(visit, "Kim Song Nam")
    visit.check("trips")
    page.locator("#filters [name=actor]").fill("Kim Song-nam")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url(re.compile("actor=Kim"))
    page.locator(f'#list-trips a[href="/trips/{tour["id"]}"]').click()
    page.get_by_role("heading", name="Day by day").wait_for()
    assert page.locator("#list-stops > li.stop").count() == len(tour["stops"])
    drawn = page.evaluate("document.querySelector('.map use.land').getBoundingClientRect().width")
    assert drawn > 400, "the world's shapes are there"
    visit.check("trip")
    page.locator(".map a.mark").last.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("#stop-[0-9]+$"))
    page.locator(".meetings a").first.click()
    page.wait_for_url(re.compile("/events/e-[0-9a-f]+$"))
    assert page.get_by_role("heading", name="What the reports say").is_visible()


@pytest.mark.parametrize("visit", [PHONE], indirect=True)
def test_a_trip_fits_a_phone(visit: Any) -> None:
    visit("/trips")
    visit(f"/trips/{tour_of(visit, 'Kim Song Nam')['id']}")
    visit.check("trip-phone")
