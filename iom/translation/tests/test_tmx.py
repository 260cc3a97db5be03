"""TMX: the export of the memory is valid, and archives of other programs are imported."""

from io import BytesIO, StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from lxml import etree
from translate.storage import tmx as oracle
from wagtail.models import Locale

from iom.core.files import UnusableFile
from iom.translation.exchange import memory_views, tmx
from iom.translation.memory import entries
from iom.translation.models import MemoryArchive, MemoryEntry, MemoryGram
from iom.translation.tests import exchanging
from iom.translation.tests.admin import message_text
from iom.users.models import User

TEXTS = [
    ("Le sel &amp; l’eau", "Salt &amp; water"),
    ('<b>Un</b> <a id="a1">lien</a><br/>deux', '<a id="a1">A link</a> <b>one</b><br/>two'),
    ("Le 1<a><code>sup</code>er</a> mars", "On 1 March"),
    ("<a><code>es</code>Hola</a>, le monde", "<i>Hello</i>, world"),
]


@pytest.fixture
def locales(db):
    return {locale.language_code: locale for locale in Locale.objects.all()}


@pytest.fixture
def archive(locales):
    archive = MemoryArchive.objects.create(name="Ours")
    rows = [entries.Pair(locales["fr"], locales["en"], source, target) for source, target in TEXTS]
    assert entries.import_pairs(archive, rows) == len(TEXTS)
    return archive


def download(client, locales):
    chosen = {"source": locales["fr"].pk, "target": locales["en"].pk}
    answer = client.get(reverse("translation_memory_files"), chosen)
    return b"".join(answer.streaming_content)


def post(client, content, **data):
    file = SimpleUploadedFile("memory.tmx", content)
    data = {"name": "Theirs", "file": file} | data
    return client.post(reverse("translation_memory_files"), data, headers={"accept-language": "en"})


def read(content, locales):
    return [(pair.source, pair.target) for pair in tmx.read(BytesIO(content), locales)]


def tmx_file(units, srclang="fr", header=True):
    return f'<?xml version="1.0"?><tmx version="1.4"><header srclang="{srclang}"/><body>{units}</body></tmx>'.encode()


def unit(french, english, **attributes):
    said = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f'<tu{said}><tuv xml:lang="fr-CH"><seg>{french}</seg></tuv><tuv xml:lang="EN-US"><seg>{english}</seg></tuv></tu>'


def test_an_export_is_valid_and_is_imported_unchanged(sign_in, archive, locales):
    content = download(sign_in("translator.en"), locales)

    schema = etree.DTD(str(exchanging.SCHEMAS / "tmx-1.4b" / "tmx14.dtd"))
    assert schema.validate(etree.fromstring(content)), schema.error_log
    assert set(TEXTS) <= set(read(content, locales))


def test_a_transaction_that_is_repeated_reads_the_file_from_its_beginning(locales):
    file = BytesIO(tmx_file(unit("Le sel", "Salt")))
    for name in ("First attempt", "Second attempt"):
        assert memory_views.import_archive(MemoryArchive(name=name), file) == 1


def test_another_program_reads_the_export(sign_in, archive, locales):
    store = oracle.tmxfile.parsestring(download(sign_in("translator.en"), locales))

    assert ("Le sel & l’eau", "Salt & water") in [(unit.source, unit.target) for unit in store.units]


def test_archives_of_other_programs_are_imported_with_languages_times_and_foreign_codes(locales):
    content = tmx_file(
        unit("Un", "One", changedate="20250102T030405Z")
        + unit('<bpt i="1">&lt;cf bold=1&gt;</bpt>Deux<ept i="1">&lt;/cf&gt;</ept> &amp; trois', "Two &amp; three")
        + unit('<bpt i="1">&lt;b&gt;</bpt>Gras', "Bold")
        + unit('<bpt i="1">&lt;script&gt;</bpt>x<ept i="1">&lt;/script&gt;</ept>&lt;script&gt;', "x &lt;y&gt;")
        + unit("", "Empty")
        + '<tu><tuv xml:lang="de"><seg>Eins</seg></tuv><tuv lang="en"><seg>One</seg></tuv></tu>'
        + '<tu srclang="en"><tuv lang="fr"><seg>Quatre</seg></tuv><tuv lang="en"><seg>Four</seg></tuv></tu>'
    )

    found = list(tmx.read(BytesIO(content), locales))

    assert [(pair.source_locale.language_code, pair.source, pair.target) for pair in found] == [
        ("fr", "Un", "One"),
        ("fr", "Deux &amp; trois", "Two &amp; three"),
        ("fr", "Gras", "Bold"),
        ("fr", "x&lt;script&gt;", "x &lt;y&gt;"),
        ("en", "Four", "Quatre"),
    ]
    assert found[0].at.isoformat() == "2025-01-02T03:04:05+00:00"


def test_a_unit_without_a_source_language_is_read_both_ways(locales):
    assert read(tmx_file(unit("Un", "One"), srclang="*all*"), locales) == [("Un", "One"), ("One", "Un")]


BOMB = b'<!DOCTYPE tmx [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><tmx><body><tu>&b;</tu></body></tmx>'
WRONG = {
    "empty": b"",
    "spaces": b"  \n",
    "truncated": tmx_file(unit("Un", "One") * 3)[:-60],
    "other": b"<xliff></xliff>",
    "text": b"msgid ''",
    "binary": b"\x89PNG\0\0",
    "bomb": BOMB,
    "outside": BOMB.replace(b'a "aaaaaaaaaa"', b'a SYSTEM "file:///etc/passwd"'),
    "other languages": tmx_file(
        '<tu><tuv xml:lang="de"><seg>Eins</seg></tuv><tuv xml:lang="es"><seg>Uno</seg></tuv></tu>'
    ),
    "without units": tmx_file(""),
}


@pytest.mark.parametrize("fault", WRONG)
def test_a_wrong_file_is_refused_in_words_and_leaves_nothing(sign_in, locales, fault):
    answer = post(sign_in("translator.en"), WRONG[fault])

    assert answer.status_code == 200
    assert "Nothing was imported" in answer.content.decode() or fault == "empty"
    assert not MemoryArchive.objects.filter(name="Theirs").exists()
    assert not MemoryEntry.objects.filter(archive__name="Theirs").exists()


def test_an_archive_is_imported_and_removed_by_its_owner_or_an_editor(sign_in, locales):
    client = sign_in("translator.en")

    answer = post(client, tmx_file(unit("Vingt chameaux", "Twenty camels")))

    assert "1 pair imported" in message_text(answer)
    archive = MemoryArchive.objects.get(name="Theirs")
    assert archive.imported_by == User.objects.get(email="translator.en@example.org")
    assert "Theirs" in client.get(reverse("translation_memory_files")).content.decode()
    key = MemoryEntry.objects.get(archive=archive).key
    address, wanted = reverse("translation_memory_files"), {"remove": archive.pk}
    sign_in("translator.fr").post(address, wanted)
    assert MemoryArchive.objects.filter(pk=archive.pk).exists()
    sign_in("editor").post(address, wanted)
    assert not MemoryArchive.objects.filter(pk=archive.pk).exists()
    assert not MemoryGram.objects.filter(key=key).exists()


def test_the_command_imports_a_file_or_says_why_not(locales, tmp_path):
    file = tmp_path / "a.tmx"
    file.write_bytes(tmx_file(unit("Vingt chameaux", "Twenty camels")))
    out = StringIO()

    call_command("import_memory", str(file), "--name", "Theirs", stdout=out)

    assert out.getvalue() == "1 pairs imported.\n"
    file.write_bytes(b"<tmx>")
    with pytest.raises(CommandError, match="endommagé"):
        call_command("import_memory", str(file), "--name", "Theirs")
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_memory", str(tmp_path / "none"), "--name", "Theirs")


def test_a_damaged_file_says_so(locales):
    with pytest.raises(UnusableFile):
        read(tmx_file(unit("Un", "One"))[:-20], locales)


def test_a_file_with_more_pairs_than_a_request_can_write_is_refused_whole(sign_in, monkeypatch):
    monkeypatch.setattr(memory_views, "MAX_PAIRS", 1)
    answer = post(sign_in("translator.en"), tmx_file(unit("Un.", "One.") + unit("Deux.", "Two.")))
    assert "more than 1 entries" in message_text(answer)
    assert not MemoryArchive.objects.filter(name="Theirs").exists()
