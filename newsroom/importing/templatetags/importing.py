from django import template

from newsroom.importing.admin import note

register = template.Library()

register.simple_tag(note.import_note)
