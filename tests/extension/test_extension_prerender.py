"""The widgets' first pictures: the numbers of the model in a picture that nobody can press, and an error where it cannot be drawn."""
import base64
import io
import json
import re

import numpy as np
import pytest
from fourteen_steps import prerender
from PIL import Image
from py_mini_racer import JSEvalException
from sphinx.errors import ExtensionError

from nnlib import AND, OPERATIONS, Parameters, iteration
from nnlib.gates import TWO_EXAMPLES
from nnlib.numerals import format
from nnlib.widgets import StepExplorer, TrainingExplorer, Worksheet


def picture(widget):
    """What is put before a widget's sentence."""
    html = widget._static_html()
    return re.search(r"</script>(.*?)<p>", prerender.with_pictures(html).replace("<p class", "<P class"), re.S)[1]


def seen(text):
    """The texts that stand in the network's picture."""
    stage = re.search(r"<div class=fs-stage .*?</div></div></div></div>", text.replace("<br>", ""), re.S)[0]
    return re.findall(r"(?<=>)[^<>]+(?=<)|(?<=value=)[^\s>\"]+|(?<=value=\")[^\"]+", stage)


@pytest.mark.parametrize("step", ["F2", "5", "12"])
def test_the_picture_has_the_models_numbers(step):
    it = iteration(*TWO_EXAMPLES[1:], Parameters.example(), 0.5)
    here = [op.label for op in OPERATIONS].index(step)
    known = [name for op in OPERATIONS[:here + 1] for name in op.outputs]
    wanted = {format(it[name][0, j]) for name in ("z1", "a1", "z2", "a2") if name in known for j in range(it[name].shape[1])}
    if step == "12":
        slopes = (*it.dE_dw2.ravel(), *it.dE_dw1[0], it.dE_db2[0, 0])  # the others have no room for all of their digits
        wanted |= {format(slope) for slope in slopes}
    wanted |= {format(value) for parameter in Parameters.example() for value in np.ravel(parameter)}
    found = seen(picture(StepExplorer(step=step)))
    assert wanted <= set(found)
    assert (format(it.a2[0, 0]) in found) == ("a2" in known), "what comes later is not given away"


def test_what_is_to_be_predicted_is_not_given_away():
    it = iteration(*TWO_EXAMPLES[1:], Parameters.example(), 0.5)
    found = seen(picture(StepExplorer(step=2, predict=True)))
    assert "?" in found and format(it.da2_dz2[0, 0]) not in found and format(it.dE_da2[0, 0]) in found


def test_it_lies_where_there_is_room_and_stands_where_there_is_not():
    """Each number has the place that model/stage.js gives it in the one and in the other."""
    text = picture(StepExplorer(step=5))
    sizes = re.search(r'<div class=fs-stage style="--a: (\d+); --b: (\d+); --c: (\d+); --d: (\d+)"', text).groups()
    frames = re.findall(r'<svg viewBox="0 0 (\d+) (\d+)"( data-tall)?>', text)[:2]
    assert [*frames[0], *frames[1]] == [*sizes[:2], "", *sizes[2:], " data-tall"]
    names = re.findall(r'class=fs-name style="--a: ([\d.]+); --b: ([\d.]+); --c: ([\d.]+); --d: ([\d.]+)" data-kind=\w+>([^<]*)', text)
    places = {name: [float(value) for value in places] for *places, name in names}
    assert places["x₁"][0] < places["E"][0] and places["x₁"][3] > places["E"][3], "from left to right, and from bottom to top"


PICTURES = {"a step": lambda: StepExplorer(step=7), "opening": lambda: StepExplorer(examples=AND, opening=True),
            "training": TrainingExplorer}


@pytest.mark.parametrize("which", PICTURES)
def test_nobody_can_press_it_or_hears_it(which):
    text = picture(PICTURES[which]())
    assert re.match(r'<div aria-hidden=true class="[^"]* fs-still"[^>]* inert[ >]', text)
    assert not re.findall(r"\s(?:id|title|role|aria-label|data-widget|data-value|data-quantity|data-row|on\w+)=", text)


def test_every_canvas_has_its_ground_in_the_pages_colours():
    [ground] = re.findall(r'<canvas style="([^"]*)">', picture(TrainingExplorer()))
    assert ground.startswith("background: var(--fs-activation); mask: url(data:image/png;base64,")
    mask = np.asarray(Image.open(io.BytesIO(base64.b64decode(re.search(r"base64,([^)]*)", ground)[1]))))
    assert mask.shape == (13, 13, 2)
    corner = iteration([[-0.5, 1.5]], [[0]], Parameters.example(), 0.5).a2[0, 0]  # the upper left one
    assert mask[0, 0, 1] / 255 == pytest.approx(0.08 + 0.62 * corner, abs=0.01), "as strong as ui/plane.js paints it"


def test_a_widget_without_the_network_stays_as_it_is():
    html = Worksheet()._static_html()
    assert prerender.with_pictures(html) == html


def test_the_same_state_is_drawn_the_same_whatever_was_drawn_before():
    first = picture(StepExplorer(step=5))
    picture(StepExplorer(examples=AND, opening=True))
    prerender.first_picture.cache_clear()
    assert picture(StepExplorer(step=5)) == first


def test_a_picture_that_cannot_be_drawn_ends_the_build_and_says_whose():
    state = json.dumps({**StepExplorer().state(), "parameters": {}})
    with pytest.raises(ExtensionError, match=r"^StepExplorer: its first picture could not be drawn .*TypeError: .*$"):
        prerender.first_picture("StepExplorer", state)


@pytest.mark.parametrize(("code", "said"), [
    ('document.createElement("p").scrollTop = 1', "scrollTop"),
    ('document.createElement("p").animate()', "animate"),
    ('document.body.querySelector("p:first-child")', "does not know the selector p:first-child"),
])
def test_what_the_small_document_does_not_know_is_an_error(code, said):
    with pytest.raises(JSEvalException, match=said):
        prerender.engine().eval(f'(() => {{ "use strict"; {code}; }})()')


def test_the_small_document_is_a_document():
    found = prerender.engine().eval("""(() => { "use strict";
        const make = (tag, name, ...inside) => {
            const one = document.createElement(tag); one.className = name; one.append(...inside); return one; };
        const [a, b, c] = ["a", "b", "c"].map((name) => make("i", name, name));
        const box = make("p", "box x", a, "-", b), root = make("div", "", box, c);
        const names = (list) => list.map((one) => one.className).join();
        const said = [names(root.querySelectorAll("i")), names(root.querySelectorAll(".x i")),
            names(root.querySelectorAll(":is(.a, .c):not(.c)")), box.textContent, c.closest("div") === root, a.nextElementSibling === b,
            root.contains(a)];
        b.before(c); a.after("!"); box.prepend(b);
        said.push(box.textContent, c.parentNode === box, root.children.length);
        a.dataset.twoWords = 1; a.style.setProperty("--x", 2); a.style.minWidth = "3px"; a.style.setProperty("--x", "");
        a.toggleAttribute("hidden");
        said.push(a.getAttribute("data-two-words"), a.getAttribute("style"), a.hidden);
        said.push("twoWords" in a.dataset, b.dataset.none === undefined);
        const copy = box.cloneNode(true); copy.replaceChildren("new"); box.textContent = "";
        said.push(copy.textContent, copy.className, box.childNodes.length, a.parentNode);
        return JSON.stringify(said); })()""")
    assert json.loads(found) == ["a,b,c", "a,b", "a", "a-b", True, True, True, "ba!-c", True, 1,
                                 "1", "min-width: 3px", True, True, True, "new", "box x", 0, None]


def test_only_what_opens_a_page_is_waited_for():
    opening = prerender.with_pictures(StepExplorer(opening=True)._static_html())
    assert f'<div id="{prerender.FIRST}" class="fs-host"' in opening
    assert prerender.FIRST not in prerender.with_pictures(StepExplorer()._static_html())
