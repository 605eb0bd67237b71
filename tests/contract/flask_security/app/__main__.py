"""`python -m app`: serve on $PORT, mail through $SMTP_HOST:$SMTP_PORT.

MAIL_WORDS=house: mails in the demo's words. ANSWERS=telling: forms say who is known, its default.
"""

import os
import secrets
import tempfile
from pathlib import Path
from typing import Any

from flask import Flask, render_template
from flask_mail import Mail
from flask_security import Security, SQLAlchemyUserDatastore, auth_required, user_registered
from flask_security.models import fsqla_v3
from flask_sqlalchemy import SQLAlchemy

database = SQLAlchemy()
fsqla_v3.FsModels.set_db_info(database)  # type: ignore[attr-defined, no-untyped-call]  # as its manual says


class Role(database.Model, fsqla_v3.FsRoleMixin):  # type: ignore[name-defined, misc]  # made at run time
    """As Flask-Security has it."""


class User(database.Model, fsqla_v3.FsUserMixin):  # type: ignore[name-defined, misc]  # made at run time
    """As Flask-Security has it."""


SETTINGS: dict[str, Any] = {
    "SECRET_KEY": secrets.token_hex(),
    "SECURITY_PASSWORD_SALT": secrets.token_hex(),
    "SECURITY_TOTP_SECRETS": {"1": secrets.token_hex()},
    "SECURITY_TOTP_ISSUER": "Orchard",
    # inbox.example.com is no domain that exists, and need not be.
    "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": False},
    "SECURITY_REGISTERABLE": True,
    "SECURITY_USE_REGISTER_V2": True,
    "SECURITY_POST_LOGOUT_VIEW": "/login",
    "SECURITY_CONFIRMABLE": True,
    "SECURITY_AUTO_LOGIN_AFTER_CONFIRM": True,
    "SECURITY_RECOVERABLE": True,
    "SECURITY_UNIFIED_SIGNIN": True,
    "SECURITY_US_ENABLED_METHODS": ["password", "email"],
    "SECURITY_TWO_FACTOR": True,
    "SECURITY_TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
    "SECURITY_RETURN_GENERIC_RESPONSES": True,
    "MAIL_DEFAULT_SENDER": "Orchard <no-reply@orchard.example>",
}
HOUSE_WORDS = {
    "SECURITY_EMAIL_SUBJECT_REGISTER": "Confirm your email",
    "SECURITY_REGISTER_EMAIL_TEMPLATE": "orchard/confirm",
    "SECURITY_EMAIL_SUBJECT_PASSWORD_RESET": "Reset your password",
    "SECURITY_EMAIL_TEMPLATE_PASSWORD_RESET": "orchard/reset",
    "SECURITY_US_EMAIL_SUBJECT": "Your sign-in link",
    "SECURITY_US_EMAIL_TEMPLATE": "orchard/sign_in",
}


def create_app(folder: Path) -> Flask:
    """The application, its database in `folder`."""
    app = Flask(__name__)
    app.config.from_mapping(SETTINGS)
    app.config.from_mapping(
        SQLALCHEMY_DATABASE_URI=f"sqlite:///{folder}/orchard.sqlite3",
        MAIL_SERVER=os.environ["SMTP_HOST"],
        MAIL_PORT=int(os.environ["SMTP_PORT"]),
    )
    if os.environ.get("ANSWERS") == "telling":
        app.config["SECURITY_RETURN_GENERIC_RESPONSES"] = False  # its own default
    if os.environ.get("MAIL_WORDS") == "house":
        app.config.from_mapping(HOUSE_WORDS)
    database.init_app(app)
    Mail(app)
    users = SQLAlchemyUserDatastore(database, User, Role)
    Security(app, users)
    # Without it a code is mailed only to people who switched that on, and the answer does not tell.
    user_registered.connect(lambda *_, user, **__: users.us_setup_email(user), app, weak=False)
    app.add_url_rule("/", "home", auth_required("session")(lambda: render_template("orchard/home.html")))
    app.add_url_rule("/healthz", "healthz", lambda: "ok")
    with app.app_context():
        database.create_all()
    return app


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        create_app(Path(folder)).run(host="127.0.0.1", port=int(os.environ["PORT"]))
