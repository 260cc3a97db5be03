"""Pictures, documents and texts that refer to them, for tests of access to files."""

from itertools import count

from django.core.files.base import ContentFile
from django.db.models import ForeignKey
from modelcluster.models import get_all_child_relations
from wagtail.blocks import ChooserBlock, ListBlock, RichTextBlock, StructBlock

from iom.core.tests import bodies
from iom.media.models import SiteDocument, SiteImage
from iom.media.tests import pictures
from iom.tests.factories import ArticleFactory

FILES = (SiteImage, SiteDocument)
_numbers = count()


def new(model):
    """A picture or a document that nothing refers to."""
    number = next(_numbers)
    if model is SiteImage:
        return SiteImage.objects.create(title=f"p{number}", file=pictures.upload(pictures.encoded(), f"p{number}.jpg"))
    return SiteDocument.objects.create(title=f"d{number}", file=ContentFile(b"%PDF-1.7", f"d{number}.pdf"))


def address(file):
    """Returns the address of the file; for a picture, of one of its renditions."""
    return file.url if isinstance(file, SiteDocument) else file.get_rendition("width-20").url


def article_with(file, **fields):
    """Creates an article with the file in its text; live by default."""
    if isinstance(file, SiteImage):
        return ArticleFactory(lead_picture=file, picture_decorative=True, **fields)
    link = f'<p><a linktype="document" id="{file.pk}">Report</a></p>'
    return ArticleFactory(body=[{"type": "paragraph", "id": "1", "value": link}], **fields)


def fill(page):
    """Puts a different file at each place of the page's model that may refer to one. Returns places and files."""
    made = {}
    for field in _foreign_keys(type(page)):
        made[field.name] = new(field.related_model)
        setattr(page, field.name, made[field.name])
    for relation in get_all_child_relations(type(page)):
        name = relation.get_accessor_name()
        for field in _foreign_keys(relation.related_model):
            for row in getattr(page, name).all():
                made[f"{name}.{field.name}"] = new(field.related_model)
                setattr(row, field.name, made[f"{name}.{field.name}"])
    for field in page._meta.get_fields():
        if hasattr(field, "stream_block"):
            kinds = field.stream_block.child_blocks
            body = [_block(field.stream_block, kind, made, f"{field.name}.{kind}") for kind in kinds]
            setattr(page, field.name, field.stream_block.to_python(body))
    return made


def _foreign_keys(model):
    return [
        field for field in model._meta.get_fields() if isinstance(field, ForeignKey) and field.related_model in FILES
    ]


def _block(stream_block, kind, made, place):
    value = bodies.example(stream_block.child_blocks[kind], kind, str, lambda one, _other: one)
    return {"type": kind, "id": kind, "value": _with_files(stream_block.child_blocks[kind], value, made, place)}


def _with_files(block, value, made, place):
    match block:
        case StructBlock():
            children = block.child_blocks.items()
            return {name: _with_files(child, value[name], made, f"{place}.{name}") for name, child in children}
        case ListBlock():
            child = block.child_block
            return [item | {"value": _with_files(child, item["value"], made, place)} for item in value]
        case ChooserBlock() if block.model_class in FILES:
            made[place] = new(block.model_class)
            return made[place].pk
        case RichTextBlock() if "document-link" in block.features:
            made[place] = new(SiteDocument)
            return f'{value}<p><a linktype="document" id="{made[place].pk}">Report</a></p>'
    return value
