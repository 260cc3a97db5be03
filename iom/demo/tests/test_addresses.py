"""No address of the demonstration belongs to anyone. iom/tests/texts.py checks its texts with all others."""

import tomllib

from iom.demo import content


def addresses(value):
    if isinstance(value, str) and "@" in value:
        yield value
    elif isinstance(value, dict):
        for below in value.values():
            yield from addresses(below)
    elif isinstance(value, list):
        for below in value:
            yield from addresses(below)


def test_every_address_is_an_example():
    found = {
        address
        for file in content.FOLDER.rglob("*.toml")
        for address in addresses(tomllib.loads(file.read_text()))
        if not address.startswith("<")
    }

    assert {address for address in found if " " not in address and not address.endswith("@example.org")} == set()
