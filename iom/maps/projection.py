"""Two equal-area projections: one for the whole world, one for a part of it.

Places are in degrees. Points are in a plane where the sphere's radius is 1 and y grows upwards.
"""

import math
from dataclasses import dataclass

from iom.maps.geometry import Point


@dataclass(frozen=True)
class EqualEarth:
    """The projection of the whole world.

    The coefficients are from Šavrič, Patterson and Jenny, "The Equal Earth map projection", International Journal of
    Geographical Information Science 33(3), 2019 (online since 2018).
    """

    longitude: float  # the central meridian

    def forward(self, place: Point) -> Point:
        latitude = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(place[1])))
        square = latitude * latitude
        sixth = square**3
        slope = 1.340264 - 3 * 0.081106 * square + sixth * (7 * 0.000893 + 9 * 0.003796 * square)
        return (
            math.radians(place[0] - self.longitude) * math.cos(latitude) * 2 / math.sqrt(3) / slope,
            latitude * (1.340264 - 0.081106 * square + sixth * (0.000893 + 0.003796 * square)),
        )


@dataclass(frozen=True)
class Lambert:
    """Lambert's azimuthal equal-area projection, for a part of the world. It has no distortion at `centre`."""

    centre: Point

    def forward(self, place: Point) -> Point:
        across = math.radians(place[0] - self.centre[0])
        latitude, middle = math.radians(place[1]), math.radians(self.centre[1])
        sine, cosine = math.sin(latitude), math.cos(latitude)
        ahead = math.sin(middle) * sine + math.cos(middle) * cosine * math.cos(across)
        scale = math.sqrt(2 / max(1 + ahead, 1e-9))
        return (
            scale * cosine * math.sin(across),
            scale * (math.cos(middle) * sine - math.sin(middle) * cosine * math.cos(across)),
        )

    def inverse(self, point: Point) -> Point:
        """Returns the place at a point. Its longitude is within 180° of the centre's."""
        distance = math.hypot(*point)
        if distance == 0:
            return self.centre
        angle = 2 * math.asin(min(distance / 2, 1))
        middle = math.radians(self.centre[1])
        sine = math.cos(angle) * math.sin(middle) + point[1] * math.sin(angle) * math.cos(middle) / distance
        across = math.atan2(
            point[0] * math.sin(angle),
            distance * math.cos(middle) * math.cos(angle) - point[1] * math.sin(middle) * math.sin(angle),
        )
        return self.centre[0] + math.degrees(across), math.degrees(math.asin(max(-1, min(sine, 1))))
