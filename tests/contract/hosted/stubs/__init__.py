"""The stubs, each a process of its own: `python -m tests.contract.hosted.stubs NAME SMTP_PORT HTTP_PORT`."""
