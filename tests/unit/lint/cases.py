"""Changes of one test: what was there, what came in its place, and the rule that refuses it, if one does."""

from textwrap import dedent

BEFORE = dedent("""
    import re
    from playwright.sync_api import expect

    def test_the_mailed_link_confirms_the_address(user, page):
        form = SignUpPage(page)
        form.open()
        with user.inbox.expect_message(subject="Confirm your email", sender="app@orchard.test") as mail:
            form.register(email=user.inbox.address)
        user.open(mail.value.link(text="Confirm my account", hosts=["app.orchard.test"]))
        expect(page.get_by_role("heading", name="Welcome", exact=True)).to_have_text("Welcome, Kim")
        assert page.url == "https://app.orchard.test/home"

    def test_a_code_signs_in(user, page):
        with user.inbox.expect_messages(count=2) as mails:
            ask(page)
        code = mails.value[-1].code(length=6, alphabet="digits", label="sign-in code")
        page.get_by_label("Code").fill(code)
        user.inbox.expect_no_message(within=3000)
        expect(page.locator("tr")).to_have_count(3)
""")

LOOSER: dict[str, tuple[str, str, str]] = {
    "a pause by the clock": ("    form.open()\n", "    form.open()\n    time.sleep(2)\n", "sleep"),
    "Playwright's own pause": ("    ask(page)\n", "    ask(page)\n        page.wait_for_timeout(500)\n", "sleep"),
    "waiting until the network is idle": (
        "    form.open()\n", '    form.open()\n    page.wait_for_load_state("networkidle")\n', "sleep",
    ),
    "a test that runs again": ("def test_a_code", "@pytest.mark.flaky(reruns=2)\ndef test_a_code", "retry"),
    "a loop that tries again": (
        '    page.get_by_label("Code").fill(code)\n',
        (
            '    for _ in range(3):\n        try:\n            page.get_by_label("Code").fill(code)\n'
            "            break\n        except Exception:\n            continue\n"
        ),
        "retry",
    ),
    "a test that is skipped": ("def test_a_code", '@pytest.mark.skip(reason="later")\ndef test_a_code', "skip"),
    "a test that may fail": ("def test_a_code", "@pytest.mark.xfail\ndef test_a_code", "skip"),
    "a test that skips itself": (
        "    with user.inbox.expect_messages",
        '    pytest.skip("slow")\n    with user.inbox.expect_messages', "skip",
    ),
    "a quarantine": (
        "def test_a_code",
        '@pytest.mark.quarantine(until="2999-01-01", reason="x")\ndef test_a_code', "quarantine",
    ),
    "an assertion that was removed": ('    assert page.url == "https://app.orchard.test/home"\n', "", "assertion"),
    "an assertion that is a comment now": ('    assert page.url ==', '    # assert page.url ==', "assertion"),
    "a silence that nobody asserts": ("    user.inbox.expect_no_message(within=3000)\n", "", "assertion"),
    "an assertion under a condition": (
        "    assert page.url ==",
        "    if page.url:\n        assert page.url ==", "assertion",
    ),
    "an assertion whose failure is swallowed": (
        '    expect(page.locator("tr")).to_have_count(3)\n',
        '    try:\n        expect(page.locator("tr")).to_have_count(3)\n    except AssertionError:\n        pass\n',
        "assertion",
    ),
    "an assertion that is always true": (
        '    assert page.url == "https://app.orchard.test/home"\n',
        '    assert page.url == "https://app.orchard.test/home" or True\n',
        "assertion",
    ),
    "an expectation without its matcher": (
        'expect(page.locator("tr")).to_have_count(3)',
        'expect(page.locator("tr"))', "assertion",
    ),
    "a test that is gone": (BEFORE[BEFORE.index("def test_a_code") :], "", "assertion"),
    "a subject that is no longer asked for": ('subject="Confirm your email", ', "", "matcher"),
    "a subject that became a pattern": ('subject="Confirm your email"', 'subject=re.compile("Confirm")', "matcher"),
    "any sender": (', sender="app@orchard.test"', "", "matcher"),
    "one more host": ('hosts=["app.orchard.test"]', 'hosts=["app.orchard.test", "evil.test"]', "matcher"),
    "any link": ('text="Confirm my account", ', "", "matcher"),
    "a code of any length": ("length=6, ", "", "matcher"),
    "a code of letters too": ('alphabet="digits"', 'alphabet="alnum"', "matcher"),
    "fewer mails": ("count=2", "count=1", "matcher"),
    "a shorter silence": ("within=3000", "within=30", "matcher"),
    "a part of a text": ('to_have_text("Welcome, Kim")', 'to_contain_text("Welcome")', "matcher"),
    "being there at all": ('to_have_text("Welcome, Kim")', "to_be_visible()", "matcher"),
    "a text that became a pattern": ('to_have_text("Welcome, Kim")', 'to_have_text(re.compile("Welcome"))', "matcher"),
    "a name that need not be exact": (", exact=True", "", "matcher"),
    "the first of several": ('page.locator("tr")', 'page.locator("tr").first', "matcher"),
    "within instead of equal": ('page.url == "https://app.orchard.test/home"', '"/home" in page.url', "matcher"),
    "a truth instead of equal": ('assert page.url == "https://app.orchard.test/home"', "assert page.url", "matcher"),
}  # fmt: skip

HONEST: dict[str, tuple[str, str]] = {
    "the application's new subject": ('"Confirm your email"', '"Confirm your address"'),
    "the application's new words": ('to_have_text("Welcome, Kim")', 'to_have_text("Hello, Kim")'),
    "a locator that follows a new screen": ('get_by_label("Code")', 'get_by_label("One-time code")'),
    "a locator by role": ('page.locator("tr")', 'page.get_by_role("row")'),
    "a new address": ("https://app.orchard.test/home", "https://app.orchard.test/dashboard"),
    "a stricter wait": ("count=2)", 'count=2, subject="Your code")'),
    "a stricter code": ('label="sign-in code"', 'label="sign-in code", settle=500'),
    "one more assertion": ("    form.open()\n", "    form.open()\n    expect(form.heading).to_be_visible()\n"),
    "another host": ('"app.orchard.test"', '"www.orchard.test"'),
    "a renamed test": ("test_a_code_signs_in", "test_the_mailed_code_signs_in"),
    "a new test": ("\ndef test_a_code", "\ndef test_new(page):\n    assert page.title() == 'x'\n\ndef test_a_code"),
    "a longer silence": ("within=3000", "within=5000"),
    "more patience": ("count=2)", "count=2, timeout=60000)"),
    "an assertion in a helper": (
        '    assert page.url == "https://app.orchard.test/home"\n',
        '    is_at_home(page)\n\ndef is_at_home(page):\n    assert page.url == "https://app.orchard.test/home"\n',
    ),
    "a part of a text made whole": ('to_have_text("Welcome, Kim")', 'to_have_text("Welcome, Kim!")'),
    "lines in another order": (
        '    expect(page.locator("tr")).to_have_count(3)\n', '    expect(page.locator("tr")).to_have_count(3)\n\n',
    ),
    "a comment": ("    ask(page)", "    ask(page)  # no sleep here, and no retry"),
    "a table of cases": (
        "def test_a_code_signs_in(user",
        '@pytest.mark.parametrize("n", [1])\ndef test_a_code_signs_in(n, user',
    ),
}  # fmt: skip
