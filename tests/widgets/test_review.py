"""When questions come back, and what is kept of them: judged in V8, without a page, with clocks that we turn."""
import datetime
import itertools
import json
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given as forall
from hypothesis import settings
from hypothesis import strategies as st
from javascript import Module

from nnlib.classroom import recall
from nnlib.classroom.answers import tolerance

FOLDER = Path(__file__).resolve().parents[2] / "book" / "_ext" / "recall"
JS = Module("schedule.js", "kept.js", "calendar.js", "typed.js", folder=FOLDER)
JS.engine.eval("""
const clockAt = (y, m, d, ms) => ({ getFullYear: () => y, getMonth: () => m - 1, getDate: () => d, getTime: () => ms });
class Storage { constructor(room = 1e9) { this.all = {}; this.room = room; }
  getItem(key) { return this.all[key] ?? null; }
  setItem(key, value) {
    const rest = Object.entries(this.all).filter(([k]) => k !== key).reduce((sum, [, v]) => sum + v.length, 0);
    if (rest + value.length > this.room) throw new Error("QuotaExceededError");
    this.all[key] = value; }
  removeItem(key) { delete this.all[key]; } }
const onDay = (n) => () => ({ ...clockAt(2026, 1, 1, 0), getDate: () => n, getTime: () => Date.UTC(2026, 0, n, 12) });
const answer = (kept, key, knew) => kept.change((s) => kept.put(s.cards, key, answered(s.cards[key], knew, kept.today)));
""")


def day(when):
    """The day that a reader in a time zone has at a moment."""
    return JS("dayOf(clockAt(y, m, d, 0))", y=when.year, m=when.month, d=when.day)


def lived(answers):
    """The days after the first on which a question is asked, by a reader who looks every day and answers so."""
    code = """(() => { let card = answered(undefined, answers[0], 100), met = [];
      for (let day = 101, at = 1; day < 200 && at < answers.length; day++)
        if (isDue(card, day)) { met.push(day - 100); card = answered(card, answers[at++], day); }
      return { met, card }; })()"""
    return JS(code, answers=answers)


def test_the_days_are_those_of_the_module():
    assert JS("DAYS") == list(recall.DAYS) == [1, 7, 30]


def test_a_question_that_is_known_comes_back_after_1_7_and_30_days_and_then_rests():
    found = lived([True] * 5)
    assert found["met"] == [1, 7, 30] and found["card"] == {"stage": 3, "due": None}


def test_what_was_not_known_begins_again():
    assert lived([True, True, False, True, True, True])["met"] == [1, 7, 8, 14, 37]
    assert lived([False, True, True, True])["met"] == [1, 7, 30]


def test_who_comes_late_is_asked_later_and_never_sooner():
    assert JS("answered({stage: 0, due: 11, at: 0}, true, 15)") == {"stage": 1, "due": 21}


def test_an_answer_before_its_day_moves_nothing_on():
    assert JS("answered({stage: 1, due: 17, at: 0}, true, 12)") == {"stage": 1, "due": 17}
    assert JS("answered({stage: 1, due: 17, at: 0}, false, 12)") == {"stage": 0, "due": 13}


@forall(st.lists(st.tuples(st.integers(0, 12), st.booleans()), max_size=40))
def test_every_way_of_answering_leaves_a_card_that_is_kept_as_it_is(steps):
    code = """(() => { let card, day = 20000;
      for (const [wait, knew] of steps) { day += wait; card = { ...answered(card, knew, day), at: day };
        if (card.due !== null && (card.due <= day || card.due > day + 23)) return "a day that cannot be: " + card.due; }
      const read_ = read(JSON.stringify({ version: 1, cards: card ? { k: card } : {}, pages: {} }));
      return read_.problem ?? "right"; })()"""
    assert JS(code, steps=steps) == "right"


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/Los_Angeles", "Asia/Kolkata", "Pacific/Apia", "Australia/Lord_Howe"])
def test_a_day_is_the_readers_own_through_summer_time_and_its_end(zone):
    """Each midnight of two years makes it one day more, be the day 23, 24 or 25 hours long; noon is the same day as midnight."""
    here = ZoneInfo(zone)
    days = [day(datetime.datetime(2026, 1, 1, tzinfo=here) + datetime.timedelta(days=n)) for n in range(0, 730, 7)]
    assert {b - a for a, b in itertools.pairwise(days)} == {7}
    for month, date in ((3, 29), (10, 25), (3, 8), (11, 1), (4, 5)):
        moments = [datetime.datetime(2026, month, date, hour, 59, tzinfo=here) for hour in range(24)]
        assert len({day(moment.astimezone(datetime.UTC).astimezone(here)) for moment in moments}) == 1


def test_who_flies_round_the_world_is_off_by_a_day_at_most():
    moment = datetime.datetime(2026, 6, 1, 23, 30, tzinfo=datetime.UTC)
    days = [day(moment.astimezone(ZoneInfo(zone))) for zone in ("Pacific/Pago_Pago", "UTC", "Pacific/Kiritimati")]
    assert days[2] - days[0] == 1


def test_a_clock_that_was_ahead_and_is_set_back_hides_no_question_for_longer_than_its_step():
    code = """(() => { const storage = new Storage(); answer(new Kept(storage, onDay(3000)), "k", true);
      const kept = new Kept(storage, onDay(10)), today = kept.today, due = kept.state().cards.k.due;
      const next = new Kept(storage, onDay(11)); return [due - today, isDue(next.state().cards.k, next.today)]; })()"""
    assert JS(code) == [1, True]


def test_an_answer_after_the_clock_was_set_back_still_counts_as_the_newer_one():
    code = """(() => { const storage = new Storage(); answer(new Kept(storage, onDay(30)), "k", true);
      const old = read(storage.getItem(KEY)).state, kept = new Kept(storage, onDay(2)); answer(kept, "k", false);
      return [merged(old, kept.state()).cards.k.stage, kept.state().cards.k.at > old.cards.k.at]; })()"""
    assert JS(code) == [0, True]


def test_at_most_ten_minutes_of_questions_the_oldest_first():
    code = """(() => { const cards = {}, keys = []; for (let n = 0; n < 80; n++) { keys.push(`k${n}`); cards[`k${n}`] = { stage: 0, due: n, at: 0 }; }
      return [toAsk(cards, keys, 70).length, toAsk(cards, keys, 70)[0], toAsk(cards, keys, 70).includes("k75"), nextDay(cards, keys, 70), MOST]; })()"""
    count, first, later, following, most = JS(code)
    assert count == most == 30 and first == "k0" and not later and following == 71


# ---- what is kept ----


GOOD = {"version": 1, "cards": {"three-things": {"stage": 1, "due": 20000, "at": 5}, "gears": {"stage": 3, "due": None, "at": 6}},
        "pages": {"ideas/terms": {"done": True, "at": 7}}}


def read(text):
    return JS("read(text)", text=text)


def test_what_was_written_is_read():
    assert read(json.dumps(GOOD)) == {"state": GOOD, "problem": None}
    assert read(None)["problem"] is None


@pytest.mark.parametrize(("text", "problem"), [
    ("", "damaged"), ("{", "damaged"), (json.dumps(GOOD)[:-9], "damaged"), ("null", "foreign"), ("[]", "foreign"), ('"hello"', "foreign"),
    ('{"theme": "dark"}', "foreign"), ('{"version": "1"}', "foreign"), ('{"version": 0}', "foreign"), ('{"version": 2, "cards": []}', "newer"),
    ("[" * 100_000, "damaged"), (" " * 1_000_001, "damaged"),
])
def test_a_text_that_is_not_ours_is_told_in_a_word(text, problem):
    found = read(text)
    assert found["problem"] == problem and found["state"]["cards"] == {}
    assert JS("SAID[problem].length", problem=problem) > 40


@pytest.mark.parametrize(("where", "value"), [
    (("cards", "gears", "stage"), 4), (("cards", "gears", "due"), 3), (("cards", "three-things", "due"), None), (("cards", "three-things", "due"), 1.5),
    (("cards", "three-things", "at"), -1), (("cards", "three-things"), []), (("cards", "<b>"), {"stage": 0, "due": 1, "at": 0}),
    (("cards", "__proto__x"), {"stage": 0, "due": 1, "at": 0}), (("pages", "ideas/terms", "done"), 1), (("pages", "../x"), {"done": True, "at": 0}), (("pages", "ideas/terms"), "yes"), (("cards",), [1]),
])
def test_one_bad_entry_takes_no_other_with_it(where, value):
    bad = json.loads(json.dumps(GOOD))
    place = bad
    for step in where[:-1]:
        place = place[step]
    place[where[-1]] = value
    found = read(json.dumps(bad))
    assert found["problem"] == "some"
    good_left = sum(len(found["state"][group]) for group in ("cards", "pages"))
    assert good_left == (1 if where == ("cards",) else 3 if len(where) == 2 and where[1] not in GOOD[where[0]] else 2)


anything = st.recursive(st.one_of(st.none(), st.booleans(), st.floats(), st.integers(-10**18, 10**18), st.text(max_size=8)),
                        lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=8), inner, max_size=4)), max_leaves=12)
entry = st.one_of(st.fixed_dictionaries({"stage": st.integers(-1, 5), "due": st.one_of(st.none(), st.integers(-9, 10**7)), "at": st.floats()}), anything)
state = st.fixed_dictionaries({"version": st.sampled_from([1, 1, 1, 2, "1", None]), "cards": st.one_of(st.dictionaries(st.text(max_size=9), entry), anything),
                               "pages": anything})


@settings(max_examples=300, deadline=None)
@forall(st.one_of(state, anything).map(json.dumps) | st.text())
def test_whatever_lies_in_the_storage_nothing_breaks_and_nothing_is_lost(text):
    """It is read, or put aside letter by letter, or left alone; and what is kept afterwards is read without a problem."""
    code = """(() => { const storage = new Storage(); storage.all[KEY] = text; const kept = new Kept(storage, onDay(5)); kept.state();
      const problem = kept.problem, aside = kept.aside(), left = storage.getItem(KEY); answer(kept, "gears", true);
      return { problem, safe: problem === null || aside === text || left === text, after: read(storage.getItem(KEY)).problem,
               there: Boolean(kept.state().cards.gears) }; })()"""
    found = JS(code, text=text)
    assert found["safe"] and found["there"]
    assert found["after"] is None or (found["problem"] == "newer" and found["after"] == "newer")


def test_a_newer_version_is_left_as_it_is():
    code = """(() => { const storage = new Storage(); storage.all[KEY] = '{"version": 2}'; const kept = new Kept(storage, onDay(5));
      answer(kept, "gears", true); return [kept.problem, storage.getItem(KEY), Boolean(kept.state().cards.gears)]; })()"""
    assert JS(code) == ["newer", '{"version": 2}', True]


def test_a_full_storage_says_so_loses_nothing_and_is_tried_again():
    code = """(() => { const storage = new Storage(90), kept = new Kept(storage, onDay(5)); answer(kept, "a", true); answer(kept, "b", true);
      const full = [kept.problem, Object.keys(JSON.parse(kept.file()).cards)]; storage.room = 9999; answer(kept, "c", true);
      return [...full, kept.problem, Object.keys(read(storage.getItem(KEY)).state.cards).sort()]; })()"""
    problem, in_file, after, stored = JS(code)
    assert problem == "full" and set(in_file) == {"a", "b"} and after is None and stored == ["a", "b", "c"]


@pytest.mark.parametrize("storage", ["null", "undefined", "{ getItem() { throw new Error('SecurityError'); } }"])
def test_without_a_storage_it_works_until_the_page_is_left(storage):
    code = f"(() => {{ const kept = new Kept({storage}, onDay(5)); answer(kept, 'a', true); return [kept.problem, Object.keys(kept.state().cards)]; }})()"
    assert JS(code) == ["none", ["a"]]


def test_the_last_page_is_one_that_there_is():
    code = """["ideas/terms", "toString", "<b>", null].map((page) => { const storage = new Storage(); if (page) storage.all[LAST] = page;
      return new Kept(storage, onDay(5)).lastOf({ "ideas/terms": "The terms" }); })"""
    assert JS(code) == ["ideas/terms", None, None, None] and JS("new Kept(null, onDay(5)).lastOf({})") is None


def test_two_tabs_do_not_undo_each_other():
    code = """(() => { const storage = new Storage(), one = new Kept(storage, onDay(5)), two = new Kept(storage, onDay(5)); answer(one, "a", true);
      answer(two, "b", false); two.change((s) => two.put(s.pages, "ideas/terms", { done: true })); answer(one, "c", true);
      const all = read(storage.getItem(KEY)).state; one.forget();
      answer(two, "d", true); return [Object.keys(all.cards).sort(), Object.keys(all.pages), Object.keys(two.state().cards)]; })()"""
    assert JS(code) == [["a", "b", "c"], ["ideas/terms"], ["d"]], "and what one forgets the other does not bring back"


def test_a_file_comes_back_and_of_each_entry_the_newer_one_stays():
    code = """(() => { const one = new Kept(new Storage(), onDay(5)); answer(one, "a", true); answer(one, "b", true); const file = one.file();
      const two = new Kept(new Storage(), onDay(9)); answer(two, "b", false); const problem = two.takeIn(file), cards = two.state().cards;
      return [problem, Object.keys(cards).sort(), cards.b.due - two.today, two.takeIn("{"), two.takeIn("[1]"), two.takeIn('{"version": 3}'),
              Object.keys(two.state().cards).sort()]; })()"""
    assert JS(code) == [None, ["a", "b"], 1, "file", "file", "newerFile", ["a", "b"]]


@settings(deadline=None)
@forall(st.permutations(range(4)), st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 9)), min_size=4, max_size=4))
def test_the_order_of_merging_does_not_matter(order, entries):
    states = [{"version": 1, "cards": {key: {"stage": 0, "due": at, "at": at}}, "pages": {}} for key, at in entries]
    assert JS("all.reduce(merged)", all=states) == JS("all.reduce(merged)", all=[states[n] for n in order])


# ---- the calendar ----


def test_the_days_ahead_are_those_on_which_all_that_is_known_comes_back():
    assert JS("daysAhead({a: answered(undefined, true, 100), b: answered(undefined, false, 100), c: {stage: 3, due: null}}, 100)") == [
        [101, 2], [107, 2], [130, 2]]
    assert JS("daysAhead({a: {stage: 2, due: 90}}, 100)") == [[100, 1]], "what waits can be asked today"


def test_a_calendar_is_read_by_the_letter_of_its_standard():
    JS.engine.eval("var now = new Date(Date.UTC(2026, 10, 26, 9, 5));")
    text = JS("calendar([[dayOf(clockAt(2026, 12, 31, 0)), 1], [dayOf(clockAt(2027, 1, 1, 0)), 12]], now, address)", address="https://a.test/" + "b" * 90)
    lines = text.split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR" and lines[-2:] == ["END:VCALENDAR", ""] and "\n" not in text.replace("\r\n", "")
    assert max(len(line.encode()) for line in lines) <= 75
    unfolded = text.replace("\r\n ", "").split("\r\n")
    fields = [line.split(":", 1) for line in unfolded if line]
    assert [v for k, v in fields if k == "DTSTART;VALUE=DATE"] == ["20261231", "20270101"]
    assert [v for k, v in fields if k == "DTEND;VALUE=DATE"] == ["20270101", "20270102"], "the day after, which is not part of it"
    assert [v for k, v in fields if k == "SUMMARY"] == ["Fourteen Steps: 1 question", "Fourteen Steps: 12 questions"]
    assert [v for k, v in fields if k == "DTSTAMP"] == ["20261126T090500Z"] * 2 and "URL" in dict(fields)
    assert len({v for k, v in fields if k == "UID"}) == unfolded.count("BEGIN:VEVENT") == unfolded.count("END:VEVENT") == 2


# ---- a number that is typed ----


@pytest.mark.parametrize("prompt", [p for p in recall.PROMPTS.values() if p.kind == "compute"], ids=lambda p: p.key)
def test_the_right_number_is_right_as_it_is_shown_and_each_slip_is_told_from_the_others(prompt):
    for seed in recall.SEEDS:
        posed, (_, told, wrong) = prompt.posed(seed), prompt.shown(seed)
        right, *slips = [[value, float(tolerance(value, posed.digits))] for value in (posed.right, *(one.value for one in posed.wrong))]
        given = {"right": right, "slips": slips}
        assert JS("judged(text, given)", text=told, given=given) == {"right": True}
        assert [JS("judged(text, given)", text=one.text, given=given)["slip"] for one in wrong] == list(range(len(wrong)))


def test_what_is_neither_and_what_is_no_number():
    given = {"right": [0.5, 0.01], "slips": [[0.25, 0.01], [0.26, 0.01]]}
    assert JS("judged('0,7', given)", given=given) == {"slip": -1, "value": 0.7}
    assert JS("judged('a', given)", given=given) == {"error": "expected a number, got “a”"}
    assert [JS("judged(text, given)", text=text, given=given)["slip"] for text in ("0.254", "0.256")] == [0, 1], "the nearer one"
    assert JS("judged('0.51', given)", given=given) == {"right": True}
