"""The package for Anki: a database of its schema 11, the same bytes each time."""
import io
import json
import re
import sqlite3
import zipfile

import pytest

from nnlib.classroom import anki
from nnlib.classroom.prompts import Complete
from nnlib.classroom.recall import PROMPTS


@pytest.fixture(scope="module")
def package():
    return zipfile.ZipFile(io.BytesIO(anki.package()))


@pytest.fixture(scope="module")
def database(package, tmp_path_factory):
    path = tmp_path_factory.mktemp("anki") / "collection.anki2"
    path.write_bytes(package.read("collection.anki2"))
    opened = sqlite3.connect(path)
    yield opened
    opened.close()


def test_the_same_questions_give_the_same_bytes():
    assert anki.package() == anki.package()


def test_a_note_for_each_question_and_a_card_for_each_note(database):
    assert database.execute("pragma integrity_check").fetchone() == ("ok",)
    notes = database.execute("select id, guid, mid, tags, flds, csum from notes order by id").fetchall()
    assert len(notes) == len(PROMPTS) == database.execute("select count(*) from cards join notes on nid = notes.id").fetchone()[0]
    assert len({guid for _, guid, *_ in notes}) == len(notes)
    ((models, decks),) = database.execute("select models, decks from col").fetchall()
    model, decks = json.loads(models)[str(notes[0][2])], json.loads(decks)
    for (_, guid, _, tags, fields, _), prompt in zip(notes, PROMPTS.values(), strict=True):
        assert guid == anki.guid(prompt.key) and len(fields.split("\x1f")) == len(model["flds"]) == len(anki.FIELDS)
        assert {prompt.part, prompt.kind, prompt.place.page.replace("/", "::")} <= set(tags.split())
        assert tags.startswith(" ") and tags.endswith(" ")
    for (number,) in database.execute("select distinct did from cards"):
        assert decks[str(number)]["name"].startswith("Fourteen Steps::")
    asked = re.findall(r"\{\{([^}]+)\}\}", model["tmpls"][0]["afmt"])
    assert set(asked) - {"FrontSide"} <= set(anki.FIELDS)


def test_formulas_are_between_the_signs_that_anki_knows_and_balanced(database):
    for (fields,) in database.execute("select flds from notes"):
        assert fields.count(r"\(") == fields.count(r"\)")
        for tex in re.findall(r"\\\((.*?)\\\)", fields):
            assert tex.count("{") == tex.count("}") and not re.search("[₀-₉∂δη]", tex), tex
        assert "$" not in fields
    complete = next(p for p in PROMPTS.values() if isinstance(p, Complete))
    assert anki.fields(complete)[1] == rf"\({complete.operation.formula}\)"


def test_code_keeps_its_letters():
    assert anki.formula("`z₁ = 1` and z₁") == r"<code>z₁ = 1</code> and \(z_1\)"


def test_every_picture_is_in_the_package_and_no_other(package, database):
    shown = {name for (fields,) in database.execute("select flds from notes") for name in re.findall(r'<img src="([^"]+)"', fields)}
    media = json.loads(package.read("media"))
    assert set(media.values()) == shown and set(package.namelist()) == {"collection.anki2", "media", *media}
    assert set(anki.WITH_PICTURE) <= set(PROMPTS) and package.read("0").startswith(b"<svg")


def test_ankis_own_library_takes_it_in(tmp_path):
    """Not in the lock: its wheels need a young C library. `pip install anki` brings it."""
    pytest.importorskip("anki", reason="Anki's own library is not installed")
    from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest

    path = tmp_path / "fourteen-steps.apkg"
    path.write_bytes(anki.package())
    collection = Collection(str(tmp_path / "collection.anki2"))
    wanted = ImportAnkiPackageOptions(with_scheduling=True, with_deck_configs=True)
    request = ImportAnkiPackageRequest(package_path=str(path), options=wanted)
    log = collection.import_anki_package(request).log
    assert len(log.new) == len(PROMPTS) and not log.conflicting and not log.first_field_match
    cards = [collection.get_card(number) for number in collection.find_cards("deck:Fourteen*")]
    assert len(cards) == len(PROMPTS)
    assert {tag for prompt in PROMPTS.values() for tag in (prompt.part, prompt.kind)} <= set(collection.tags.all())
    for card in cards:
        shown = card.question() + card.answer()
        assert "{{" not in re.sub(r"\\\(.*?\\\)", "", shown) and len(card.answer()) > len(card.question()) > 20
    again = collection.import_anki_package(request).log
    assert not again.new, "a second time it finds each of its notes there"
    collection.close()
