"""The demo with one defect planted: `python -m tests.contract.record.broken_demo link-host`."""

import sys
from typing import Any

import django
from django.core import mail

from demo.__main__ import main

DEFECT = sys.argv[1]
_send, _setup = mail.EmailMultiAlternatives.send, django.setup


def _spoiled(message: Any, *arguments: Any, **options: Any) -> Any:
    if DEFECT == "wrong-person":
        message.to = ["somebody-else@inbox.test"]
    if DEFECT == "link-host":
        message.body = message.body.replace("http://127.0.0.1:", "http://127.0.0.2:")
        message.alternatives = [
            type(part)(part[0].replace("http://127.0.0.1:", "http://127.0.0.2:"), part[1])
            for part in message.alternatives
        ]
    return _send(message, *arguments, **options)


def _set_up(*arguments: Any, **options: Any) -> None:
    _setup(*arguments, **options)
    if DEFECT == "unchecked-code":
        from allauth.account import forms  # only once Django is set up

        forms.compare_user_code = lambda **_: True


mail.EmailMultiAlternatives.send = _spoiled  # type: ignore[method-assign,assignment]  # the defect
django.setup = _set_up
main()
