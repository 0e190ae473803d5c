"""Writes ../backbone.graph and ../nightly.demands (the plain-text pair that the Repetita collection defined).

Backbone: the eleven router cities and fourteen links of Abilene, the research network of the United States until 2007,
typed by hand as commonly published: OC-192 everywhere but Indianapolis-Atlanta, which was OC-48. Coordinates are the cities' own.
    weight  great-circle length in km, as a length-proportional IGP metric would be
    bw      kbit/s, each direction
    delay   microseconds: 1.3 x the great circle (fibre does not run straight) at 200 km per ms
Demands: a gravity model. Site i holds data in proportion to the population P_i of its metropolitan area (census of 2020,
thousands), and every night site i sends site j the rate T P_i P_j / sum over k != l of P_k P_l, T = 60 Gbit/s.
Standard library only; no random numbers.
"""
import math
import pathlib

CITIES = [  # name, longitude, latitude, population in thousands
    ("New_York", -74.006, 40.713, 20140),
    ("Chicago", -87.630, 41.878, 9619),
    ("Washington", -77.037, 38.907, 6385),
    ("Seattle", -122.332, 47.606, 4019),
    ("Sunnyvale", -122.036, 37.369, 2000),
    ("Los_Angeles", -118.244, 34.052, 13201),
    ("Denver", -104.990, 39.739, 2964),
    ("Kansas_City", -94.579, 39.100, 2192),
    ("Houston", -95.370, 29.760, 7122),
    ("Atlanta", -84.388, 33.749, 6090),
    ("Indianapolis", -86.158, 39.768, 2111),
]
OC192_KBPS = 9_953_280
OC48_KBPS = 2_488_320
LINKS = [
    ("Seattle", "Sunnyvale", OC192_KBPS), ("Seattle", "Denver", OC192_KBPS), ("Sunnyvale", "Los_Angeles", OC192_KBPS),
    ("Sunnyvale", "Denver", OC192_KBPS), ("Los_Angeles", "Houston", OC192_KBPS), ("Denver", "Kansas_City", OC192_KBPS),
    ("Kansas_City", "Houston", OC192_KBPS), ("Kansas_City", "Indianapolis", OC192_KBPS), ("Houston", "Atlanta", OC192_KBPS),
    ("Indianapolis", "Chicago", OC192_KBPS), ("Indianapolis", "Atlanta", OC48_KBPS), ("Chicago", "New_York", OC192_KBPS),
    ("Atlanta", "Washington", OC192_KBPS), ("New_York", "Washington", OC192_KBPS),
]
TOTAL_KBPS = 60_000_000
EARTH_KM = 6371.0


def length_km(a, b):
    (lon1, lat1), (lon2, lat2) = [(math.radians(c[1]), math.radians(c[2])) for c in (a, b)]
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(h))


def graph():
    place = {city[0]: i for i, city in enumerate(CITIES)}
    lines = [f"NODES {len(CITIES)}", "label x y"]
    lines += [f"{name} {lon} {lat}" for name, lon, lat, _ in CITIES]
    lines += ["", f"EDGES {2 * len(LINKS)}", "label src dest weight bw delay"]
    number = 0
    for a, b, kbps in LINKS:
        km = length_km(CITIES[place[a]], CITIES[place[b]])
        for source, target in ((a, b), (b, a)):
            lines.append(f"edge_{number} {place[source]} {place[target]} {round(km)} {kbps} {round(1.3 * km / 200 * 1000)}")
            number += 1
    return "\n".join(lines) + "\n"


def demands():
    pairs = [(i, j) for i in range(len(CITIES)) for j in range(len(CITIES)) if i != j]
    total = sum(CITIES[i][3] * CITIES[j][3] for i, j in pairs)
    lines = [f"DEMANDS {len(pairs)}", "label src dest bw"]
    for number, (i, j) in enumerate(pairs):
        lines.append(f"demand_{number} {i} {j} {round(TOTAL_KBPS * CITIES[i][3] * CITIES[j][3] / total)}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    atlas = pathlib.Path(__file__).resolve().parent.parent
    (atlas / "backbone.graph").write_text(graph(), newline="\n")
    (atlas / "nightly.demands").write_text(demands(), newline="\n")
