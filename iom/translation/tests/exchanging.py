"""Helpers for tests of exchange files: download, validate, translate as programs do, and upload."""

from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import strategies as st
from lxml import etree

from iom.translation.content import segments
from iom.translation.tests.admin import message_text

SCHEMAS = Path(__file__).parent / "schemas"
TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=60) | st.lists(
    st.sampled_from(
        ["\u2028", "\u2029", "\u0085", "\u00a0", "\u202f", "\\", '"', "\t", "\n", "é", "%", "<", "&", "a"]
    ),
    min_size=1,
    max_size=12,
).map("".join)


class _Kept(etree.Resolver):
    """Resolves schemas that others import to the copies in the same folder."""

    def resolve(self, system_url, public_id, context):
        if system_url and system_url.endswith("xml.xsd"):
            return self.resolve_filename(str(SCHEMAS / "xml.xsd"), context)
        return None


def xliff_schema():
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(_Kept())
    return etree.XMLSchema(etree.parse(str(SCHEMAS / "xliff-1.2/xliff-core-1.2-strict.xsd"), parser))


def download(client, state, name):
    answer = client.get(reverse("wagtail_localize:download_pofile", args=[state.pk]), {"format": name})
    assert answer.status_code == 200
    return answer.content


def upload(client, state, content, name="file", language="en"):
    """Uploads the file and returns the messages."""
    address = reverse("wagtail_localize:upload_pofile", args=[state.pk])
    data = {} if content is None else {"file": SimpleUploadedFile(name, content)}
    answer = client.post(address, data, headers={"accept-language": language})
    assert (answer.status_code, answer.url) == (302, reverse("wagtailadmin_pages:edit", args=[state.page_id]))
    return message_text(answer)


def written(state):
    state.refresh_from_db()
    return {segment.path: segment.written for segment in segments.load_text(state.translation) if segment.written}


def namespace(root):
    return {"x": etree.QName(root).namespace}


def units(root):
    """The units of an XLIFF file, by the path of their passage."""
    return {unit.get("resname"): unit for unit in root.xpath("//x:trans-unit", namespaces=namespace(root))}


def translate(content, targets, state="translated"):
    """The file with other translations. `targets`: XML by the path of the passage."""
    root = etree.fromstring(content)
    for path, xml in targets.items():
        unit = units(root)[path]
        for old in unit.findall("x:target", namespace(root)):
            unit.remove(old)
        target = etree.fromstring(f'<target xmlns="{namespace(root)["x"]}">{xml}</target>')
        target.set("state", state)
        source = unit.find("x:source", namespace(root))
        source.addnext(target)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)
