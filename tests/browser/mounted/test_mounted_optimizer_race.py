"""OptimizerRace, drawn from its modules: where it starts, and who has left the map."""
from nnlib.limits import MOST_STEPS
from nnlib.widgets import OptimizerRace


def test_before_the_first_step_there_is_the_start_only(mount):
    """Five balls stood in a row around one place, and covered it."""
    page = mount(OptimizerRace())
    assert page.locator("[data-ball]").count() == 0 and page.locator(".fs-start").count() == 1
    page.get_by_role("button", name="Next step", exact=True).click()
    assert page.locator("[data-ball]").count() == 5


def test_a_ball_beyond_the_map_is_hollow_and_named(mount):
    """It sat at the edge as if it belonged there, its loss beyond all measure."""
    page = mount(OptimizerRace(rates={"descent": 100}, epoch=3))
    assert page.locator("[data-ball][data-out]").evaluate_all("all => all.map((one) => one.dataset.ball)") == ["descent"]
    assert "beyond the map: D" in page.locator(".fs-note", has_text="step 3").inner_text()
    page.get_by_role("button", name="Next step", exact=True).click()
    assert "Beyond the map: plain descent." in page.locator("[aria-live]").inner_text()


def test_played_at_its_end_it_begins_anew(mount):
    page = mount(OptimizerRace(epoch=MOST_STEPS, rates={"descent": 0.5}))
    page.get_by_role("button", name="Play", exact=True).click()
    page.wait_for_function("() => model.get('epoch') < 10")
    assert float(page.get_by_label("η of plain descent", exact=True).input_value()) == 0.5, "the rates stay"


def test_beside_its_place_a_ball_leaves_a_dot_there(mount):
    """At the first step of two that go the same way, one stood above the start and one below it, and nothing showed where they are."""
    page = mount(OptimizerRace(surface="network", start=[[0.4, -0.3]], epoch=1))
    dots = page.evaluate("""() => { const marks = [...root.querySelectorAll(".fs-marks > *")], last = marks.findLastIndex((one) => one.matches(".fs-ball-dot"));
      return marks.flatMap((one, k) => { if (!one.matches(".fs-place")) return [];
        const trail = marks.find((other) => other.matches(".fs-trail") && other.dataset.kind === one.dataset.kind), end = trail.getPointAtLength(trail.getTotalLength());
        return [[k > last, Math.hypot(end.x - one.cx.baseVal.value, end.y - one.cy.baseVal.value)]]; }); }""")
    assert len(dots) >= 2 and all(above and off < 0.2 for above, off in dots)
