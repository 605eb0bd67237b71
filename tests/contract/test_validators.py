"""Applications validate the address that a person signs up with: common validators take that of the default domain."""

import subprocess

import pytest
from django.core.exceptions import ValidationError as DjangoError
from django.core.validators import validate_email as by_django
from email_validator import EmailNotValidError
from email_validator import validate_email as by_email_validator
from pydantic import EmailStr, TypeAdapter, ValidationError

from inboxwright.address import Addresses
from tests.contract.servers.programs import CACHE, VALIDATORS

_JAVASCRIPT = {
    "joi": "!require('joi').string().email().validate(process.argv[1]).error",
    "zod": "require('zod').z.email().safeParse(process.argv[1]).success",
    "validator": "require('validator').isEmail(process.argv[1])",
}


def _is_taken(validator: str, address: str) -> bool:
    try:
        match validator:
            case "email-validator":
                by_email_validator(address, check_deliverability=False)
            case "django":
                by_django(address)
            case "pydantic":
                TypeAdapter(EmailStr).validate_python(address)
            case _:
                return _says_node(_JAVASCRIPT[validator], address)
    except (EmailNotValidError, DjangoError, ValidationError):
        return False
    return True


def _says_node(expression: str, address: str) -> bool:
    VALIDATORS.path()
    done = subprocess.run(
        ["node", "-p", expression, address], cwd=CACHE / "validators", capture_output=True, text=True, check=True
    )
    return done.stdout.strip() == "true"


@pytest.mark.parametrize("validator", ["email-validator", "django", "pydantic", *_JAVASCRIPT])
def test_an_address_of_the_default_domain_is_taken(validator: str) -> None:
    assert _is_taken(validator, Addresses().mint("sign-up"))
    assert not _is_taken(validator, "nobody@")


@pytest.mark.parametrize("validator", ["email-validator", "pydantic", "joi"])
def test_the_reserved_domain_of_tests_is_not(validator: str) -> None:
    assert not _is_taken(validator, "ann@inbox.test")
