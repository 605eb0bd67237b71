"""Addresses: unique, bounded, and telling whose they are."""

import re

import pytest

from inboxwright.address import DEFAULT_DOMAIN, Addresses, alike, is_reserved, normal, run_id, run_of, same
from inboxwright.errors import ConfigError


def test_an_address_names_its_purpose_and_its_run() -> None:
    addresses = Addresses(domain="QA.example.com", run="abcd2345")

    assert re.fullmatch(r"sign-up-rabcd2345-[a-z2-7]{8}@qa\.example\.com", addresses.mint("Sign up!"))


def test_no_two_addresses_are_the_same() -> None:
    addresses = Addresses()

    assert len({addresses.mint() for _ in range(10_000)}) == 10_000


@pytest.mark.parametrize("hint", ["", "-", "Ünïcödé", "x" * 500, "a@b", "..", "a\r\nRCPT TO:<b@c>"])
def test_whatever_the_hint_the_local_part_is_valid_and_at_most_64_long(hint: str) -> None:
    local = Addresses().mint(hint).rpartition("@")[0]

    assert re.fullmatch(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?", local)
    assert len(local) <= 64


def test_a_run_knows_its_own_addresses_and_no_others() -> None:
    ours, theirs = Addresses(), Addresses()

    assert ours.owns(ours.mint("signup"))
    assert not ours.owns(theirs.mint("signup"))
    assert run_of("support@example.com") is None


def test_the_run_is_found_behind_a_prefix_and_a_tag() -> None:
    assert run_of("qa+signup-rabcd2345-abcdefgh@example.com") == "abcd2345"


def test_mailboxes_are_compared_as_rfc_5321_says() -> None:
    assert same("ann@Example.COM", "ann@example.com")
    assert not same("Ann@example.com", "ann@example.com")


@pytest.mark.parametrize("slip", ["Ann.Lee@example.com", "annlee+tag@example.com", "ANNLEE@EXAMPLE.COM"])
def test_slips_are_recognised(slip: str) -> None:
    assert alike("annlee@example.com", slip)
    assert not alike("annlee@example.org", slip)


@pytest.mark.parametrize("domain", ["", "a b", "-a.test", "a..test", "http://a.test", "a" * 64 + ".test"])
def test_a_domain_that_is_none_is_refused_by_name(domain: str) -> None:
    with pytest.raises(ConfigError, match="is not a domain name"):
        Addresses(domain=domain)


def test_a_run_id_that_is_none_is_refused() -> None:
    with pytest.raises(ConfigError, match="run id 'Nightly'"):
        Addresses(run="Nightly")


@pytest.mark.parametrize(
    ("address", "filed"),
    [
        ("A.B@Inbox.TEST", "A.B@inbox.test"),
        ("postmaster", "postmaster"),
        ('"a@B"@C', '"a@B"@c'),
        ("Postmaster", "Postmaster"),
    ],
)
def test_an_address_has_one_spelling(address: str, filed: str) -> None:
    assert normal(address) == filed


def test_a_run_may_be_named_by_any_text() -> None:
    assert run_id("abcdefg7") == "abcdefg7"
    assert run_id("17482910244") == run_id("17482910244") != run_id("17482910245")
    assert Addresses(run=run_id("pipeline #42/é")).owns(Addresses(run=run_id("pipeline #42/é")).mint())


@pytest.mark.parametrize(
    ("domain", "is_it"),
    [
        (DEFAULT_DOMAIN, True),
        ("Example.NET", True),
        ("qa.orchard.test", True),
        ("localhost", True),
        ("inbox.example.org.uk", False),
        ("notexample.com", False),
        ("qa.orchard.dev", False),
    ],
)
def test_a_reserved_domain_is_nobodys(domain: str, is_it: bool) -> None:
    assert is_reserved(domain) is is_it
