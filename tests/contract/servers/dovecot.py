"""The real Dovecot as a catch-all: mail comes in by LMTP, one recipient a delivery, as a Postfix in front would do."""

import contextlib
import grp
import os
import pwd
import shutil
import smtplib
import subprocess
import time
from collections.abc import Mapping, Sequence
from typing import Any

from tests.contract.servers.base import Ports
from tests.contract.servers.bridge import Bridge
from tests.contract.servers.imap import ImapServer
from tests.contract.servers.programs import DOVECOT

_CONFIG = """
base_dir = {home}/run
state_dir = {home}/state
log_path = {home}/dovecot.log
protocols = imap lmtp
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 1
mail_location = sdbox:~/sdbox
mail_max_userip_connections = 100
{quota}passdb {{
  driver = static
  args = {login}
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={home}/mail allow_all_users=yes
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {imap}
  }}
}}
service anvil {{
  chroot =
}}
service lmtp {{
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {lmtp}
  }}
}}
"""

_QUOTA = """
mail_plugins = quota
protocol imap {{
  mail_plugins = quota imap_quota
}}
plugin {{
  quota = count:Everything
  quota_rule = *:{rule}
  quota_grace = 0
  quota_vsizes = yes
}}
"""


class Dovecot(ImapServer):
    """Every recipient ends in one mailbox; the envelope is in Delivered-To."""

    program = DOVECOT
    username = "qa"
    noted_in = "Delivered-To"
    ports_needed = ("smtp", "imap", "lmtp")

    def __init__(self, ports: Ports | None = None, *, guarded: bool = True, quota: str | None = None) -> None:
        """`quota`: a rule of Dovecot's quota plugin, such as "storage=10M:messages=50"."""
        super().__init__(ports)
        # Dovecot never reads mail as root; without root it can only be whoever starts it.
        owner = pwd.getpwnam("mail") if os.geteuid() == 0 else pwd.getpwuid(os.getuid())
        self.home.chmod(0o755)
        for name in ("run", "state", "mail"):
            (self.home / name).mkdir()
        os.chown(self.home / "mail", owner.pw_uid, owner.pw_gid)
        names = {"user": owner.pw_name, "group": grp.getgrgid(owner.pw_gid).gr_name}
        names["login"] = f"password={self.password}" if guarded else "nopassword=y"
        names["quota"] = _QUOTA.format(rule=quota) if quota else ""
        self._config = self.home / "dovecot.conf"
        self._config.write_text(
            _CONFIG.format(home=self.home, imap=self.ports["imap"], lmtp=self.ports["lmtp"], **names)
        )
        self._bridge = Bridge(self.ports["smtp"], self._deliver)
        self._bridge.start()

    def _deliver(self, sender: str, recipients: Sequence[str], content: bytes) -> None:
        with smtplib.LMTP("127.0.0.1", self.ports["lmtp"]) as lmtp:
            for recipient in recipients:
                lmtp.sendmail(sender, [recipient], content, mail_options=["BODY=8BITMIME"])

    @property
    def command(self) -> Sequence[str]:
        return [str(self.program.path()), "-F", "-c", str(self._config)]

    @property
    def ready(self) -> Mapping[str, Any]:
        return {"port": self.ports["lmtp"]}

    def new_folder(self, name: str) -> None:
        """An empty folder; `name` in plain words."""
        doveadm = ["doveadm", "-c", str(self._config), "mailbox", "create", "-u", "qa", name]
        subprocess.run(doveadm, check=True, timeout=20)

    def new_uidvalidity(self) -> None:
        """Give the folder another UIDVALIDITY, as a restored backup has: every UID changes its meaning."""
        doveadm = ["doveadm", "-c", str(self._config), "mailbox", "update", "-u", "qa"]
        subprocess.run([*doveadm, "--uid-validity", str(int(time.time()) + 1000), "INBOX"], check=True, timeout=20)

    def close(self) -> None:
        self._bridge.stop()
        self.stop()
        with contextlib.suppress(OSError):
            shutil.rmtree(self.home / "mail")
        super().close()
