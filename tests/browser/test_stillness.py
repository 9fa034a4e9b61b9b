"""While a page comes over a slow line, what a reader looks at stays where it is."""
import pytest
from conftest import AWAKE

PAGES = ["book/index.html", "book/backward/step_05_dE_dw2.html", "book/training/training.html", "book/forward/loss.html", "book/ideas/terms.html"]
MOST = 0.02  # of a browser's own measure (cumulative layout shift); 0.1 counts as good
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 94_000}
NOTE = """window.shifts = []; new PerformanceObserver((list) => { for (const { value, sources } of list.getEntries())
  window.shifts.push([value, ...sources.map(({ node }) => node?.id || node?.className || node?.nodeName)]); }).observe({ type: "layout-shift", buffered: true });"""


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("page", PAGES)
def test_nothing_moves_while_a_page_comes(chromium, server, page, width):
    context = chromium.new_context(viewport={"width": width, "height": 800})
    tab = context.new_page()
    tab.add_init_script(NOTE)
    tab.add_init_script(AWAKE)
    line = context.new_cdp_session(tab)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", SLOW)
    tab.goto(server + page, wait_until="networkidle")
    tab.wait_for_function("() => typeof FOURTEEN_STEPS === 'object'")  # on a slow line the scripts may come after a pause
    tab.evaluate("FOURTEEN_STEPS.mounted")
    tab.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    shifts = tab.evaluate("window.shifts")
    context.close()
    assert sum(value for value, *_ in shifts) < MOST, shifts
