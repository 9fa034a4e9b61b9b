"""The map of the steps: on each of their chapters, and on no other page."""
import re

import pytest
from fourteen_steps.step_map import add_step_map

from nnlib import STEPS


def body_of(page):
    context = {"body": "<h1>A title</h1><p>text</p>", "pathto": lambda name: f"/{name}.html"}
    add_step_map(None, page, "page.html", context, None)
    return context["body"]


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.label)
def test_where_we_are(step):
    body = body_of(f"book/backward/step_{step.label:0>2}_{step.function.__name__}")
    assert body.startswith('<h1>A title</h1><nav class="fs-map"')
    links = re.findall(r'<a href="([^"]*)" title="([^"]*)"[^>]*?( aria-current="page")?>(\d+)</a>', body)
    assert [label for *_, label in links] == [s.label for s in STEPS]
    assert [label for *_, current, label in links if current] == [step.label]
    assert links[4][:2] == ("/book/backward/step_05_dE_dw2.html", "Step 5: how the loss changes with w₂")
    assert re.findall(r'fs-map-title">([^<]*)<', body) == ["output layer", "hidden layer"]


def test_other_pages_have_none():
    assert body_of("book/forward/loss") == "<h1>A title</h1><p>text</p>"
