from django.urls import path

from iom.operation import health, metrics

urlpatterns = [
    path("live", health.live),
    path("ready", health.ready),
    path("metrics", metrics.metrics),
]
