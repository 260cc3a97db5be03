from django.dispatch import Signal

written = Signal()  # after each change, in its transaction: pages (Page objects as listed now), removed (keys)
