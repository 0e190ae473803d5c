export type Side = "top" | "bottom" | "left" | "right";

export type Pixel = readonly [number, number];

export interface Obstacles {
  /** Centres of discs that no label should cover. */
  discs: readonly Pixel[];
  /** Lines that a label had better not cross. */
  segments: readonly (readonly [Pixel, Pixel])[];
  discRadius: number;
  /** Leave a name out rather than cover another node, unless it is important; for crowds. */
  sparing?: boolean;
  /** The frame that names must stay within, where there is one. */
  left?: number;
  top?: number;
  right?: number;
}

interface Rectangle {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

const gap = 7;
const sides: readonly Side[] = ["top", "right", "left", "bottom"];

/** What it costs to cover something: another label most, a disc or node next, a line little. */
const cost = { label: 100, disc: 30, node: 20, line: 3 };

/**
 * For each node the side on which its name covers least, taken greedily in the order given; null where the name would lie on another name.
 * Rectangles stand for the names: exact enough for one font size.
 */
export function placeLabels(nodes: readonly { at: Pixel; width: number; important?: boolean }[], height: number, obstacles: Obstacles): (Side | null)[] {
  const placed: Rectangle[] = [];
  return nodes.map((node) => {
    let best: { side: Side; price: number; box: Rectangle } | null = null;
    for (const side of sides) {
      const box = boxOf(node.at, node.width, height, side);
      const outside = box.left < (obstacles.left ?? -Infinity) || box.top < (obstacles.top ?? -Infinity) || box.right > (obstacles.right ?? Infinity);
      const price = (outside ? (node.important ? cost.disc : cost.label) : 0) + cost.label * placed.filter((p) => overlap(p, box)).length
        + cost.disc * obstacles.discs.filter((d) => overlap(around(d, obstacles.discRadius), box)).length
        + cost.node * nodes.filter((n) => n !== node && overlap(around(n.at, 4), box)).length
        + cost.line * obstacles.segments.filter(([a, b]) => crosses(a, b, box)).length;
      if (best === null || price < best.price) {
        best = { side, price, box };
      }
    }

    if (best === null || best.price >= (obstacles.sparing && !node.important ? cost.node : cost.label)) {
      return null;
    }

    placed.push(best.box);
    return best.side;
  });
}

function boxOf([x, y]: Pixel, width: number, height: number, side: Side): Rectangle {
  const [cx, cy] = side === "top" ? [x, y - gap - height / 2] : side === "bottom" ? [x, y + gap + height / 2] : side === "left" ? [x - gap - width / 2, y] : [x + gap + width / 2, y];
  return { left: cx - width / 2, right: cx + width / 2, top: cy - height / 2, bottom: cy + height / 2 };
}

function around([x, y]: Pixel, radius: number): Rectangle {
  return { left: x - radius, right: x + radius, top: y - radius, bottom: y + radius };
}

function overlap(a: Rectangle, b: Rectangle): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** Liang and Barsky's clipping: whether any part of the segment lies inside. */
function crosses([x1, y1]: Pixel, [x2, y2]: Pixel, box: Rectangle): boolean {
  let [from, to] = [0, 1];
  for (const [delta, room] of [[x1 - x2, x1 - box.left], [x2 - x1, box.right - x1], [y1 - y2, y1 - box.top], [y2 - y1, box.bottom - y1]] as const) {
    if (delta === 0) {
      if (room < 0) {
        return false;
      }
    } else if (delta < 0) {
      from = Math.max(from, room / delta);
    } else {
      to = Math.min(to, room / delta);
    }
  }

  return from <= to;
}
