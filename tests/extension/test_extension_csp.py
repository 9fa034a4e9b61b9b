"""csp.py: each page says which scripts are its own."""
import base64
import hashlib
import html
import re

import pytest
from fourteen_steps import csp

PAGE = ('<html><head><title>t</title><script>let a = 1;</script></head><body><script src="x.js"></script>'
        '<button onclick="window.print()">Print</button><script type="application/json">{"no": "script"}</script>'
        '<script type="text/x-thebe-config">{}</script><script>let b = 2;</script></body></html>')


def policy_of(page):
    return html.unescape(re.search(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)"', page)[1])


def test_only_what_is_run_has_a_checksum():
    assert list(csp.inline_scripts(PAGE)) == ["let a = 1;", "let b = 2;"]
    digest = base64.b64encode(hashlib.sha256(b"let a = 1;").digest()).decode()
    policy = policy_of(csp.with_policy(PAGE))
    assert f"'sha256-{digest}'" in policy and policy.count("sha256-") == 2


def test_nothing_unsafe_and_no_other_host():
    scripts = re.search(r"script-src ([^;]*);", policy_of(csp.with_policy(PAGE)))[1].split()
    assert "'unsafe-inline'" not in scripts and "'unsafe-eval'" not in scripts
    assert not [source for source in scripts if source.startswith(("http", "*", "data"))]


def test_the_rule_for_what_may_be_drawn_ahead_is_let_through_by_its_checksum():
    rule = '{"prerender": []}'
    digest = base64.b64encode(hashlib.sha256(rule.encode()).digest()).decode()
    page = PAGE.replace("</head>", f'<script type="speculationrules">{rule}</script></head>')
    assert f"'sha256-{digest}'" in policy_of(csp.with_policy(page))


def test_it_stands_before_the_first_script_and_once():
    page = csp.with_policy(csp.with_policy(PAGE))
    assert page.count("Content-Security-Policy") == 1
    assert page.index("Content-Security-Policy") < page.index("<script")


def test_no_handler_is_left_in_an_attribute():
    assert 'data-press="print"' in csp.with_policy(PAGE) and "onclick" not in csp.with_policy(PAGE)


@pytest.mark.parametrize("page", ["<html><head></head><body></body></html>"])
def test_a_page_without_scripts_has_a_policy_all_the_same(page):
    assert "script-src 'self' file: blob:;" in policy_of(csp.with_policy(page))


def test_only_a_page_with_cells_may_run_webassembly_and_a_worker():
    page = csp.with_policy(PAGE)
    live = csp.with_policy(PAGE.replace("<body>", '<body><div data-cell="a" class="cell"></div>'))
    assert "wasm" not in policy_of(page) and "; worker-src 'self'; " in policy_of(page), "but the one that keeps the book"
    assert "'wasm-unsafe-eval'; worker-src 'self' blob:; " in policy_of(live)
    assert "'unsafe-eval'" not in policy_of(live) and "'unsafe-inline'" not in policy_of(live).split("style-src")[0]
