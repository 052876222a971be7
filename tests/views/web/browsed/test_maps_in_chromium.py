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


def test_a_bubble_leads_to_its_events(visit: Any) -> None:
    page = visit("/map")
    visit.check("map")
    page.locator(".map .bubble").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"at=[A-Z]{3}%2F\w+.*#of-events$"))
    n = page.request.get(f"{visit.address}/map.json").json()["lists"]["places"]["rows"][0]["events"]
    assert page.locator("#list-events > li").count() == n
    page.locator("#list-events a").first.click()
    page.get_by_role("heading", name="What the reports say").wait_for()


def test_the_map_is_narrowed_by_its_filters_and_says_what_is_dashed(visit: Any) -> None:
    page = visit("/map")
    n = page.locator(".map .bubble").count()
    page.locator("#filters [name=status]").select_option("planned")
    page.wait_for_function("n => document.querySelectorAll('.map .bubble').length < n", arg=n)
    assert "status=planned" in page.url
    page.get_by_role("link", name="What is dashed, and why").click()
    page.get_by_role("heading", name="Borders on the maps").wait_for()
    visit.check("borders")


@pytest.mark.parametrize("visit", [PHONE | {"color_scheme": "dark"}], indirect=True)
def test_the_map_fits_a_phone_in_the_dark(visit: Any) -> None:
    visit("/map?part=asia")
    visit.check("map-phone")
