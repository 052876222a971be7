"""The network in real Chromium: handles of the brush by keys, filters, ways to dossiers and ties."""

import re
from typing import Any

import pytest

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}


def test_the_brush_is_moved_by_keys(visit: Any) -> None:
    page = visit("/network")
    visit.check()
    n = page.locator(".network .node").count()
    hand = page.get_by_role("slider", name="From")
    hand.focus()
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")
    assert hand.get_attribute("aria-valuetext") == "2024-07-01"
    page.wait_for_url(re.compile("since=2024-07-01"))
    page.locator("#brush-title", has_text="2024-07-01 to ").wait_for()
    assert page.locator("#brush a.in").count() == 2
    assert 0 < page.locator(".network .node").count() < n
    told = page.request.get(visit.address + "/network.json?" + page.url.partition("?")[2]).json()
    assert page.locator(".network .node").count() == told["about"]["drawn"]
    assert page.get_by_role("slider", name="From").is_visible()
    visit.check("network")


def test_filters_and_ways_onward(visit: Any) -> None:
    page = visit("/network")
    page.locator("#filters [name=of]").select_option("states")
    page.wait_for_url(re.compile("of=states"))
    page.locator("#drawing-title", has_text="States who met").wait_for()
    visit.check("network-states")
    node = page.locator(".network .node[href='/actors/CHN']")
    node.focus()
    near = page.locator(".network line.near").count()
    row = page.locator("#list-actors tr", has=page.get_by_role("link", name="China", exact=True))
    assert near == int(row.locator("td").nth(3).inner_text())
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/actors/CHN$"))
    page = visit("/network?actor=Kim+Song+Nam")
    page.locator("#list-ties a", has_text="Wang Yi").first.click()
    page.wait_for_url(re.compile("/ties"))
    page.get_by_role("heading", name="Longest gaps between meetings").wait_for()
    visit.check()


@pytest.mark.parametrize("visit", [PHONE | {"color_scheme": "dark"}], ids=["phone-dark"], indirect=True)
def test_the_network_fits_a_phone(visit: Any) -> None:
    page = visit("/network")
    assert 300 < page.locator(".network > svg").bounding_box()["width"] <= 390
    visit.check()
