"""What holds at every stop of every journey: accessible in both themes, and never wider than the screen."""

from typing import Any

from django.conf import settings
from playwright.sync_api import Locator, Page

AXE = settings.ASSETS_DIR / "axe-core" / "axe.min.js"
# Where the tab key has gone round any page of ours.
MANY_STOPS = 250
# The browser is asked once for so many presses of the key: once the focus is where it was wanted, the key does nothing.
STOPS_AT_ONCE = 10
HOLD_FOCUS = """element => {
  window.holdFocus ??= event => {
    if (event.key === 'Tab' && document.activeElement === element) event.preventDefault();
  };
  document.addEventListener('keydown', window.holdFocus);
  return document.activeElement === element;
}"""
LET_FOCUS_GO = """element => {
  document.removeEventListener('keydown', window.holdFocus);
  delete window.holdFocus;
  return document.activeElement === element;
}"""
RUN_AXE = """async rules => {
  const options = {resultTypes: ['violations']};
  if (rules.length) options.runOnly = {type: 'rule', values: rules};
  const found = await axe.run(document, options);
  return found.violations.map(rule => ({id: rule.id, help: rule.help, nodes: rule.nodes.map(node => node.html)}));
}"""


def accessible(page: Page) -> None:
    """axe finds nothing: all its rules in the light theme, contrast again in the dark one."""
    for theme, rules in (("light", []), ("dark", ["color-contrast"])):
        page.emulate_media(color_scheme=theme)
        if not page.evaluate("typeof axe !== 'undefined'"):
            page.evaluate(AXE.read_text())
        found = page.evaluate(RUN_AXE, rules)
        assert not found, f"{page.url} ({theme})\n{_readable(found)}"
    page.emulate_media(color_scheme="light")


def fits(page: Page) -> None:
    """Nothing makes the page scroll sideways."""
    width, room = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert width <= room, f"{page.url}: {width} px on a screen of {room} px: {page.evaluate(WIDEST)}"


def stop(page: Page) -> None:
    """One stop of a journey: accessible, and as wide as the screen."""
    accessible(page)
    fits(page)


def tab_to(page: Page, target: Locator) -> None:
    """Reach an element with the tab key alone."""
    element = target.element_handle()
    for _ in range(0, MANY_STOPS, STOPS_AT_ONCE):
        if element.evaluate(HOLD_FOCUS):
            break
        for _ in range(STOPS_AT_ONCE):
            page.keyboard.press("Tab")
    reached = element.evaluate(LET_FOCUS_GO)
    assert reached, f"The keyboard does not reach {target} on {page.url}"


def press(page: Page, target: Locator, key: str = "Enter") -> None:
    """Use a link or a button with the keyboard alone."""
    tab_to(page, target)
    page.keyboard.press(key)


def follow(page: Page, target: Locator) -> None:
    """Open what a link or a button leads to with the keyboard alone, and wait for that page."""
    with page.expect_event("load"):
        press(page, target)


def choose(page: Page, target: Locator) -> None:
    """Choose one radio button with the keyboard alone: tab into its group, then arrows."""
    name = target.get_attribute("name")
    for _ in range(MANY_STOPS):
        if page.evaluate("document.activeElement.name") == name:
            break
        page.keyboard.press("Tab")
    if not page.locator(f"input[name='{name}']:checked").count():
        page.keyboard.press("Space")
    for _ in range(20):
        if target.is_checked():
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"Arrows do not choose {target} on {page.url}")


WIDEST = """[...document.querySelectorAll('body *')]
  .filter(element => element.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .slice(0, 3).map(element => element.outerHTML.slice(0, 160))"""


def _readable(violations: list[dict[str, Any]]) -> str:
    return "\n".join(
        f"  {rule['id']}: {rule['help']}\n" + "\n".join(f"    {html[:200]}" for html in rule["nodes"][:5])
        for rule in violations
    )
