"""What an import has to say of a text: stored as a code with values, put into words when it is shown."""

import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from iom.core.templatetags.site import date_text
from newsroom.release import Remark

TEXTS = {
    # Why words are not in the text of the article.
    "outside": gettext_noop("Navigation, header or footer of the page."),
    "menu": gettext_noop("Menu of the site."),
    "stray": gettext_noop("Remains of lost markup."),
    "related": gettext_noop("Links below the article."),
    "button": gettext_noop("A button of the page."),
    "kind": gettext_noop("Type and scope, read into their fields."),
    "day": gettext_noop("The day, read into the date."),
    "credit": gettext_noop("Credit, read into the picture’s caption and credit."),
    "kicker": gettext_noop("Heading above the title."),
    "title again": gettext_noop("The title, a second time."),
    "dateline": gettext_noop("Dateline, read into place and date."),
    "contact": gettext_noop("Contact line, read into the contacts."),
    "contact unclear": gettext_noop("Contact line, read into no contact."),
    "attribution": gettext_noop("Says who is quoted: read into the quotation."),
    "repair": gettext_noop("Written “%(made)s”: a ligature had been lost."),
    "lost": gettext_noop("Could not be placed whole in the article."),
    "deleted": gettext_noop("Deleted in the file’s tracked changes."),
    "page header": gettext_noop("Header of the pages."),
    "page footer": gettext_noop("Footer of the pages."),
    "footnote": gettext_noop("Footnote: the site has none. Put it into the text if readers need it."),
    "endnote": gettext_noop("Endnote: the site has none. Put it into the text if readers need it."),
    "comment": gettext_noop("Comment by %(author)s."),
    "comment of someone": gettext_noop("Comment by someone."),
    "chart": gettext_noop("A chart or diagram: add it as a picture."),
    "not whole": gettext_noop("Could not be read whole: an equation, a field or another object stands in it."),
    "linked picture": gettext_noop("A picture that the file does not hold: a link to it."),
    "picture format": gettext_noop("A picture in the format %(format)s: save it as PNG or JPEG."),
    "word's description": gettext_noop("A description of a picture that Word made up."),
    "long place": gettext_noop("The dateline is too long for the place."),
    "long caption": gettext_noop("The caption of the picture is too long."),
    "picture to add": gettext_noop("Caption and credit of a picture that is to be added."),
    "no counterpart": gettext_noop("No passage of the original corresponds to it."),
    # What an officer should look at.
    "tracked changes": gettext_noop("The file has tracked changes: it was read as if all of them were accepted."),
    "text boxes": gettext_noop("Text boxes stand after the paragraph that they were beside: move them as needed."),
    "struck through": gettext_noop("Words that were struck through are kept as ordinary text: “%(words)s”."),
    "document inside": gettext_noop("The file has another document in it, which was not read."),
    "objects inside": gettext_noop("The file has objects of other programs in it, which were not read."),
    "styles": gettext_noop("Styles without a counterpart here, kept as text: %(names)s."),
    "no title": gettext_noop("No title was recognised."),
    "quotation of nobody": gettext_noop("A quotation names nobody: “%(words)s …”"),
    "further telephone": gettext_noop("Further telephone: %(phone)s"),
    "telephone not read": gettext_noop("The telephone number %(phone)s could not be read."),
    "contacts unclear": gettext_noop(
        "It is not clear who is reached by which number or address: “%(words)s”. Add these contacts yourself."
    ),
    "contact unnamed": gettext_noop(
        "%(who)s is not among the contacts: the text names neither a person nor an office that is known."
    ),
    "office unknown": gettext_noop("The office “%(office)s” of %(who)s is not known."),
    "no office": gettext_noop("%(who)s is not among the contacts: the site has no office yet."),
    "in post?": gettext_noop("Whether %(who)s is still in post is not known: the release has no date."),
    "contact unreachable": gettext_noop(
        "%(who)s is not among the contacts: the text gives no telephone number or address that can be used."
    ),
    "not the original's contact": gettext_noop("%(who)s is not among the contacts of the original."),
    "not the original's date": gettext_noop("The date printed is not that of the original: %(day)s"),
    "countries": gettext_noop("Countries recognised in the dateline, to be confirmed: %(codes)s"),
    "picture too large": gettext_noop("The picture “%(name)s” is not taken: it is too large."),
    "picture refused": gettext_noop(
        "The picture “%(name)s” is not taken: it is damaged, or in a format that the site does not take."
    ),
    "passages alone": gettext_noop("Passages of the original without a counterpart: %(count)d"),
    # Why a date is proposed, or none.
    "no day": gettext_noop("The text prints no day."),
    "day named": gettext_noop("The text names the day “%(day)s”."),
    "either way round": gettext_noop("“%(day)s” may be read either way round; here the day comes first."),
    "no year": gettext_noop("“%(day)s” is printed without a year."),
    "leap year": gettext_noop(
        "“%(day)s” is printed without a year: %(year)s is the first leap year from %(latest)s on, the "
        "latest year named."
    ),
    "weekday": gettext_noop(
        "“%(day)s” is printed without a year: it fell on that weekday in %(year)s; the latest year "
        "named is %(latest)s."
    ),
    "between files": gettext_noop(
        "“%(day)s” is printed without a year; the files beside it are of %(before)s and %(after)s."
    ),
    "likeliest year": gettext_noop(
        "“%(day)s” is printed without a year; %(year)s is the likeliest from the years named in the text."
    ),
    "files beside": gettext_noop("The text prints no day; the files beside it are both of %(day)s."),
}
# Of these, the words are in other fields of the article.
READ_INTO_FIELDS = {"kind", "day", "credit", "dateline", "contact", "attribution", "title again"}


def remark(code: str, **values: object) -> Remark:
    """The remark as it is stored: its code among `TEXTS`, and the values that its text names."""
    if code not in TEXTS:
        raise ValueError(code)
    return {"code": code} | {name: _stored(value) for name, value in values.items()}


def words(remark: Remark | str) -> str:
    """The remark in the interface's language. A text is returned as it is: earlier imports stored sentences."""
    if isinstance(remark, str):
        return remark
    text = TEXTS.get(remark["code"])
    return _(text) % {name: _shown(value) for name, value in remark.items()} if text else remark["code"]


def _stored(value: object) -> object:
    return {"date": value.isoformat()} if isinstance(value, datetime.date) else value


def _shown(value: object) -> object:
    if isinstance(value, dict):
        return date_text(datetime.date.fromisoformat(value["date"]))
    return ", ".join(value) if isinstance(value, list) else value
