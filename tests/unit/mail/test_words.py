"""The word lists: each file is right by itself, none contradicts another, and none is read before it is needed."""
# ruff: noqa: RUF001 - words of other scripts look like Latin letters to the linter

import re
import subprocess
import sys
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest
from click.testing import CliRunner

from inboxwright.cli.explain import explain
from inboxwright.errors import ConfigError
from inboxwright.mail import Message
from inboxwright.mail.explain import explain_code, explain_link
from inboxwright.mail.words import patterns, vocabulary
from inboxwright.mail.words.vocabulary import LISTS, OPPOSED, Language, Word, Words
from tests.unit.mail.build import HEX, SITE, a, button, mail, p, page

HEAD = 'name = "Elvish"\nnative = "Quenya"\n'
LANGUAGES = vocabulary.languages()
SEVENTY = 70


def _said(content: str) -> str:
    with pytest.raises(ConfigError) as caught:
        vocabulary.read("qya.toml", HEAD + content)
    return str(caught.value)


def _example(entry: str) -> str:
    """Words that the entry stands for."""
    return entry.replace(" * ", " some ").replace("*", "").replace("'", "\u2019")


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
def test_every_entry_of_a_language_is_found(language: Language) -> None:
    entries = [(name, item) for name, value in language.lists.items() for item in value]

    lost = [
        (name, variant)
        for name, entry in entries
        for variant in patterns.variants(entry)
        if not vocabulary.words(name).find(f"\u2014 {_example(variant)} \u2014")
    ]
    assert entries
    assert lost == []


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
def test_a_file_is_sorted_into_the_known_order(language: Language) -> None:
    assert list(language.lists) == [name for name in LISTS if name in language.lists]


def test_there_are_the_languages_that_the_documents_promise() -> None:
    assert len(LANGUAGES) >= SEVENTY
    assert len({language.name for language in LANGUAGES}) == len(LANGUAGES)


def test_english_shows_what_each_list_is_for() -> None:
    text = (files("inboxwright.mail.words") / "languages" / "en.toml").read_text(encoding="utf-8")

    assert [name for name in LISTS if name in tomllib.loads(text) and f"# {LISTS[name]}\n{name} = [" not in text] == []


@pytest.mark.parametrize("pair", OPPOSED, ids=" or ".join)
def test_no_two_languages_contradict_each_other(pair: tuple[str, str]) -> None:
    one, other = (vocabulary.words(name).whole for name in pair)

    assert one & other == set()


@pytest.mark.parametrize("name", LISTS)
def test_no_expression_repeats_without_bound(name: str) -> None:
    source = re.sub(r"\\.", "", vocabulary.words(name).source)

    assert re.search(r"[*+]|\{\d+,\}", source) is None


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('colour = ["red"]', "qya.toml: there is no list 'colour'; the lists are code, "),
        ('code = "cairë"', 'qya.toml: code must be a list of texts, as in code = ["one", "two"]'),
        ("code = [1]", "qya.toml: code must be a list of texts"),
        ('code = ["cod(e|a)"]', "qya.toml: code has 'cod(e|a)', which has a sign of regular expressions"),
        ('code = ["co.de\\\\d"]', "which has a sign of regular expressions"),
        ('code = ["Code"]', "qya.toml: code has 'Code', which is not in lower case"),
        ('code = ["co*de"]', "qya.toml: code has 'co*de', which has a * within a word"),
        ('code = ["code **"]', "which has a * within a word"),
        ('code = ["code *"]', "which begins or ends with a * that stands alone"),
        ('code = ["*"]', "which is empty"),
        ('code = [" code"]', "which has white space too much"),
        ('code = ["(the code"]', "which has a bracket without its other half"),
        ('code = ["(a) (b) (c) (d) code"]', "which has more than 3 words that may be missing"),
        ('code = ["code", "code"]', "qya.toml: code has 'code' twice"),
        ('code = ["code"]\nother = ["code"]', "qya.toml: 'code' is in code and in other; a word can be in one of them"),
        ("code = [", "qya.toml: "),
        ("spaces = 3", "qya.toml: spaces must be true or false"),
    ],
)
def test_a_mistake_is_told_in_one_line(content: str, said: str) -> None:
    told = _said(content)

    assert said in told
    assert "\n" not in told


def test_a_language_needs_its_names() -> None:
    with pytest.raises(ConfigError, match=r"qya\.toml: native must be a text"):
        vocabulary.read("qya.toml", 'name = "Elvish"')


@pytest.mark.parametrize(
    ("entry", "found", "left"),
    [
        ("kod", ["kod", "ein kod."], ["kodu", "skod", "kod1"]),
        ("kod*", ["kod", "kodunuz"], ["skod"]),
        ("*kod", ["kod", "smskod"], ["kodu"]),
        ("*kod*", ["smskodu"], ["ko d"]),
        ("view * browser", ["view browser", "view it in your browser"], ["view it. Use a browser", "viewbrowser"]),
        ("(it) was (not) me", ["it was me", "was not me", "was me"], ["it me"]),
        ("n'est plus", ["n\u2019est plus", "n'est plus"], ["nest plus"]),
        ("कोड", ["कोड"], ["कोडी"]),
    ],
)
def test_what_an_entry_stands_for(entry: str, found: list[str], left: list[str]) -> None:
    words = Words([(entry, True)])

    assert [text for text in found if words.find(text) is None] == []
    assert [text for text in left if words.find(text) is not None] == []


def test_a_language_without_spaces_is_searched_anywhere() -> None:
    words = Words([("인증 번호", False)])

    assert words.find("귀하의인증번호는") == "인증번호"
    assert words.phrases("인증 번호") == [(0, 5)]


def test_of_two_entries_the_longer_is_found() -> None:
    assert Words([("注文", False), ("注文番号", False)]).find("注文番号は") == "注文番号"


def test_importing_the_matchers_reads_no_word() -> None:
    code = (
        "import inboxwright.mail; from inboxwright.mail.words import vocabulary as v; "
        "print(v.languages.cache_info().currsize, v.words.cache_info().currsize)"
    )

    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert told.stdout.split() == ["0", "0"]


def test_a_word_knows_its_languages() -> None:
    assert {language.code for language in Word(text="Bestellnummer", lists=("other", "order")).languages} >= {"de"}
    assert str(Word(text="認証番号", lists=("code",))) == "\u201c認証番号\u201d (Japanese)"
    assert str(Word(text="kod", lists=("code",))).endswith(" more)")
    assert str(Word(text="qwertz", lists=("code",))) == "\u201cqwertz\u201d"


@pytest.mark.parametrize(
    ("subject", "words", "reason"),
    [
        ("Hallo", "Ihre Bestellnummer: 483920", "another kind of number: \u201cBestellnummer\u201d (German, Dutch)"),
        ("Hello", "Your promo code: 483920", "another kind of number: \u201cpromo\u201d ("),
        ("Hola", "Código postal: 48392", "another kind of number: \u201cpostal\u201d ("),
        ("Hi", "Your code 483920 has expired.", "it is said to be over: \u201chas expired\u201d (English)"),
        ("Bonjour", "Votre code, par exemple 483920", "it is an example: \u201cpar exemple\u201d (French)"),
        ("Hej", "Din kod: kortet slutar på 483920", "it is the end of another number: \u201cslutar på\u201d (Swedish)"),
        (
            "Ваш заказ",
            "Номер\nКод: 483920",
            "the mail is about an order, a booking or a delivery: \u201cзаказ\u201d (Russian)",
        ),
        ("Hi", "Your new password: k7Qx92Ab", "nothing says that it serves once: \u201cpassword\u201d (English)"),
    ],
)
def test_explain_names_the_word_and_the_language_that_rejected_a_code(subject: str, words: str, reason: str) -> None:
    answer = explain_code(Message.parse(mail(subject=subject, text=words)))

    assert answer.value is None
    assert any(reason in (item.reason or "") for item in answer.candidates), answer.candidates


@pytest.mark.parametrize(
    ("words", "called"),
    [
        ("Ihr Bestätigungscode lautet 483920.", "\u201cBestätigungscode\u201d ("),
        ("認証番号：483920", "\u201c認証番号\u201d (Japanese)"),
        ("Κωδικός: 483920", "\u201cΚωδικός\u201d (Greek)"),
        ("Dein Einmalpasswort: 483920", "\u201cEinmalpasswort\u201d (German)"),
    ],
)
def test_explain_names_the_word_by_which_a_code_was_taken(words: str, called: str) -> None:
    answer = explain_code(Message.parse(mail(text=words)))

    assert answer.value == "483920"
    assert [(item.called or "").startswith(called) for item in answer.candidates if item.reason is None] == [True]


def test_explain_names_the_word_by_which_a_link_leads_away() -> None:
    html = page(button(f"{SITE}/confirm/{HEX}", "Ok"), a(f"{SITE}/x/{HEX}1", "Newsletter abbestellen"))

    answer = explain_link(Message.parse(mail(html=html)))

    assert [item.reason for item in answer.candidates][1:] == [
        "its words lead away, to leave, to read elsewhere or to disown: \u201cabbestellen\u201d (German)"
    ]


def test_the_command_prints_the_word_and_the_language(tmp_path: Path) -> None:
    file = tmp_path / "mail.eml"
    file.write_bytes(mail(html=page(p("Twój kod: <b>483920</b>"), p("Nr zamówienia: 553201"))))

    told = CliRunner(env={"COLUMNS": "200"}).invoke(explain, [str(file)]).output

    assert "called a code by \u201ckod\u201d (" in told
    assert "\u201czamówienia\u201d (Polish)" in told
