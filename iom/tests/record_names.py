"""The names that a record has in each language, as they are stored and as its form sends them."""

from django.conf import settings


def name_of(record, language, field="name"):
    """The name, the city or the address in that language as it is stored; empty where there is none."""
    return next(iter(record.names.filter(language=language).values_list(field, flat=True)), "")


def form_data(record=None, **texts):
    """What a form sends: for each language a name, or a mapping of fields; what is not given is empty."""
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
