"""The addresses of the site, and those for developers (`ROOT_URLCONF` of the development settings)."""

from django.urls import path

from iom.demo.extremes import extremes
from iom.demo.style import style
from iom.urls import handler404, handler500, urlpatterns

__all__ = ["handler404", "handler500", "urlpatterns"]

urlpatterns = [
    path("-/style/", style, name="style"),
    path("-/style/extremes/", extremes, name="extremes"),
    *urlpatterns,
]
