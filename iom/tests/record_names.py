"""The names of a record in each language: as they are stored, and as a form sends them."""

from django.conf import settings


def name_of(record, language, field="name"):
    """Returns the stored name, city or address in the language, or an empty string."""
    return next(iter(record.names.filter(language=language).values_list(field, flat=True)), "")


def form_data(record=None, **texts):
    """Returns the data of a form. `texts` has a name, or a mapping of fields, by language; the others are empty."""
    rows = list(record.names.order_by("pk")) if record else []
    codes = [row.language for row in rows] + [code for code, _ in settings.LANGUAGES]
    data = {"names-INITIAL_FORMS": len(rows)}
    for number, code in enumerate(dict.fromkeys(codes)):
        value = texts.get(code, "")
        fields = {"language": code} | (value if isinstance(value, dict) else {"name": value})
        if number < len(rows):
            fields["id"] = rows[number].pk
        data |= {f"names-{number}-{field}": text for field, text in fields.items()}
        data["names-TOTAL_FORMS"] = number + 1
    return data
