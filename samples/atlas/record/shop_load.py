"""Pages of a small shop, and visitors who walk through it: search, product pages with pictures, cart, and a few robots.

Visitors come from addresses of the loopback net (127.x.y.z), so the addresses in the log are varied and nobody's.
Standard library only.
"""
import argparse
import http.client
import os
import random
import time
import urllib.parse

ARTICLES = 600
ENDED = object()
WORDS = ("lamp chair kettle mug rug shelf clock vase plate towel blanket mirror basket candle frame "
         "oak linen steel glass wool red blue green grey small large round").split()
AGENTS = [
    ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/129.0.0.0 Safari/537.36", 40),
    ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.6 Mobile/15E148 Safari/604.1", 25),
    ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/129.0.0.0 Mobile Safari/537.36", 20),
    ("Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0", 8),
    ("AtlasShop/4.2 (iOS; build 1187)", 5),
    ("price-robot/1.0", 2),
]


def zipf(rng, count):
    return min(count - 1, int(count ** rng.random()) - 1)


def make_pages(folder):
    rng = random.Random(7)
    for name in ("p", "img", "static", "api/stock", "api/price"):
        os.makedirs(os.path.join(folder, name), exist_ok=True)

    def write(path, size):
        with open(os.path.join(folder, path), "wb") as page:
            page.write(rng.randbytes(size))

    for page in ("index.html", "search.html", "cart.html", "login.html", "checkout.html"):
        write(page, rng.randrange(4_000, 40_000))
    for page in ("static/shop.css", "static/shop.js", "static/vendor.js"):
        write(page, rng.randrange(10_000, 200_000))
    write("api/cart.json", 512)
    for article in range(ARTICLES):
        write(f"p/A{10000 + 7 * article}.html", rng.randrange(6_000, 30_000))
        write(f"api/price/A{10000 + 7 * article}.json", rng.randrange(90, 140))
        if article % 9:  # some have no picture yet: 404
            write(f"img/A{10000 + 7 * article}.jpg", int(8_000 * 4 ** rng.random()))


class Visitor:
    def __init__(self, rng, port):
        address = f"127.{rng.randrange(1, 255)}.{rng.randrange(256)}.{rng.randrange(1, 255)}"
        self.rng = rng
        self.link = http.client.HTTPConnection("127.0.0.1", port, timeout=5, source_address=(address, 0))
        self.agent = rng.choices([name for name, _ in AGENTS], [share for _, share in AGENTS])[0]
        self.seen = {}
        self.referer = rng.choice(["-", "-", "https://search.example/", "https://mail.example/weekly?id=" + f"{rng.getrandbits(40):010x}"])

    def get(self, path, method="GET", extra=None):
        headers = {"User-Agent": self.agent, "Host": "shop.example"}
        if self.referer != "-":
            headers["Referer"] = self.referer
        if path in self.seen:
            headers["If-None-Match"] = self.seen[path]
        headers.update(extra or {})
        self.link.request(method, path, body=b"{}" if method == "POST" else None, headers=headers)
        answer = self.link.getresponse()
        answer.read()
        if answer.getheader("ETag"):
            self.seen[path] = answer.getheader("ETag")

    def page(self, path):
        self.get(path)
        self.referer = "https://shop.example" + path

    def visit(self):
        """One request for each value that the generator yields."""
        rng = self.rng
        yield self.page(rng.choice(["/", "/", "/search.html", f"/p/A{10000 + 7 * zipf(rng, ARTICLES)}.html"]))
        for part in ("shop.css", "vendor.js", "shop.js"):
            yield self.get(f"/static/{part}?v=1187")
        while rng.random() < 0.8:
            roll = rng.random()
            article = f"A{10000 + 7 * zipf(rng, ARTICLES)}"
            if roll < 0.25:
                words = " ".join(rng.sample(WORDS, rng.randrange(1, 4)))
                yield self.page("/search.html?" + urllib.parse.urlencode({"q": words, "page": 1 + zipf(rng, 6)}))
            elif roll < 0.75:
                yield self.page(f"/p/{article}.html")
                part = {"Range": "bytes=0-4095"} if rng.random() < 0.1 else None
                yield self.get(f"/img/{article}.jpg", extra=part)
                yield self.get(f"/api/price/{article}")
            elif roll < 0.92:
                yield self.get(f"/api/cart?session={rng.getrandbits(64):016x}", "POST")
            else:
                yield self.get(f"/account/orders?customer={zipf(rng, 60000):08x}")
        self.link.close()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--make-pages")
    parser.add_argument("--port", type=int)
    parser.add_argument("--requests", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    if arguments.make_pages:
        make_pages(arguments.make_pages)
        return
    for _ in range(50):
        try:
            http.client.HTTPConnection("127.0.0.1", arguments.port, timeout=1).connect()
            break
        except OSError:
            time.sleep(0.1)
    rng = random.Random(arguments.seed)
    active = [Visitor(rng, arguments.port).visit() for _ in range(12)]
    for _ in range(arguments.requests):
        place = rng.randrange(len(active))
        while next(active[place], ENDED) is ENDED:
            active[place] = Visitor(rng, arguments.port).visit()
        time.sleep(rng.expovariate(120.0))


if __name__ == "__main__":
    main()
