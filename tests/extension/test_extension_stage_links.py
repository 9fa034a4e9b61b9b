"""Numbers of the prose that belong to the picture: spans that are found there, and an error where the number is another one."""
import logging

import pytest
from docutils import nodes
from fourteen_steps.stage_links import link_stage, number_in, place_of


def page(address, text):
    return nodes.section("", nodes.paragraph("", "", nodes.reference("", "", nodes.Text(text), refuri=address)))


def linked(address, text):
    doctree = page(address, text)
    link_stage(None, doctree, "book/backward/step_05_dE_dw2")
    return doctree.astext()


@pytest.mark.parametrize(("address", "text", "place"), [
    ("#q:dE_dw2[1,0]", "0.019425", "dE_dw2 1 0"), ("#q:dE_dw2%5B1,0%5D", "0.0194", "dE_dw2 1 0"),
    ("#q:new_w2[1,0]", "−0.309712", "new_w2 1 0"),
    ("#q:dE_dz2", "the blame", "dE_dz2"), ("#q:E", "0.2484", "E 0 0"), ("#q:w2[0,0]", "0.5", "w2 0 0"),
])
def test_a_link_becomes_a_span_that_says_its_place(address, text, place):
    assert f'data-lights="{place}">' in linked(address, text) and f">{text}</span>" in linked(address, text).replace("\n", "")


@pytest.mark.parametrize(("address", "text", "message"), [
    ("#q:dE_dw2[1,0]", "0.019435", "expected dE_dw2[1,0] = 0.019425 of the worked example, got 0.019435"),
    ("#q:dE_dw2[2,0]", "0.019425", "expected a row below 2 and a column below 1 of dE_dw2, got [2, 0]"),
    ("#q:dE_dw2[0,1]", "0.009932", "expected a row below 2 and a column below 1 of dE_dw2, got [0, 1]"),
    ("#q:dE_dw9[1,0]", "0.019425", "expected #q:name or #q:name[row,column] with the name of a quantity, got #q:dE_dw9[1,0]"),
    ("#q:dE_dw2", "0.019425", "expected a row and a column of dE_dw2 for the number 0.019425"),
    ("#q:w2[1,0]", "0.3", "expected w2[1,0] = -0.300000 of the worked example, got 0.3"),
])
def test_another_number_is_a_warning_of_the_build(address, text, message, caplog):
    with caplog.at_level(logging.WARNING):
        assert "data-lights" not in linked(address, text)
    assert message in [record.getMessage() for record in caplog.records]


def test_other_links_stay():
    doctree = page("https://example.org", "0.1")
    link_stage(None, doctree, "book/index")
    assert list(doctree.findall(nodes.reference)) and not list(doctree.findall(nodes.raw))


def test_how_far_a_rounded_number_may_be_off():
    value, within = number_in("−0.125")
    assert value == -0.125 and within == pytest.approx(0.0005)
    assert number_in("1")[1] == pytest.approx(0.5) and number_in("about 1") is None and number_in("0.5 ·") is None
    assert place_of("x[1,0]") == ("x", (1, 0))
