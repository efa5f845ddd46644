"""The plot: lifecycles per second side by side, as bars with their spread, in plain SVG."""

from collections.abc import Sequence
from xml.sax.saxutils import escape

from benchmarks.figures import Figure

WIDTH, LEFT, BAR, GAP = 760, 290, 26, 16
TEXT = 'font-family="sans-serif" font-size="13" fill="currentColor"'


def bars(title: str, shown: Sequence[tuple[str, Figure]]) -> str:
    """An SVG document with one bar per figure; each bar's line goes from the lowest run to the highest."""
    most = max(max(figure.values) for _, figure in shown)
    scale = (WIDTH - LEFT - 90) / most
    height = 40 + len(shown) * (BAR + GAP)
    drawn = [_bar(label, figure, scale, 36 + number * (BAR + GAP)) for number, (label, figure) in enumerate(shown)]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" color="#444">'
    return "\n".join([head, f'<text x="8" y="20" {TEXT}>{escape(title)}</text>', *drawn, "</svg>", ""])


def _bar(label: str, figure: Figure, scale: float, top: float) -> str:
    middle, low, high = (value * scale for value in (figure.median, min(figure.values), max(figure.values)))
    centre = top + BAR / 2
    return "\n".join(
        [
            f'<text x="{LEFT - 10}" y="{centre + 5:.1f}" text-anchor="end" {TEXT}>{escape(label)}</text>',
            f'<rect x="{LEFT}" y="{top:.1f}" width="{middle:.1f}" height="{BAR}" fill="#2b7a78"/>',
            f'<path d="M{LEFT + low:.1f} {centre:.1f}H{LEFT + high:.1f}" stroke="#111" stroke-width="2"/>',
            f'<text x="{LEFT + high + 8:.1f}" y="{centre + 5:.1f}" {TEXT}>{figure.median:,.0f}</text>',
        ]
    )
