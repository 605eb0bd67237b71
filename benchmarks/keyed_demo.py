"""The demo with a key that the benchmark knows, so that it can compute tokens as the application does."""


def fix_key() -> None:
    """Both processes sign with this key. Imports the settings, which read the environment."""
    import demo.settings

    demo.settings.SECRET_KEY = "the benchmark's own"


if __name__ == "__main__":
    from demo.__main__ import main

    fix_key()
    main()
