"""A page as an eye would judge it: where ink really is, and how large letters are.

Belongs here: measuring what the layout made. Never here: expectations.
"""

from __future__ import annotations

from itertools import combinations
from typing import Final

import pygame

from displays.screens.paint import Painter
from displays.screens.sheet import Block, Page, Photo, Shape, Words

PAINTER: Final = Painter()
_INK: dict[tuple[str, float, str], pygame.Rect] = {}


def lines(laid: Page) -> list[Words]:
    """Every line of text."""
    return [item for item in laid.items if isinstance(item, Words)]


def texts(laid: Page) -> list[str]:
    return [words.text for words in lines(laid)]


def ink(words: Words) -> pygame.Rect:
    """The smallest rectangle that holds all ink of a line, marks and descenders included."""
    key = (words.text, words.cap, words.weight)
    if key not in _INK:
        _INK[key] = PAINTER.ink(words)
    return _INK[key].move(words.x, words.baseline)


def outside(laid: Page) -> list[Words | Block | Shape | Photo]:
    """What leaves the screen."""
    screen = pygame.Rect(0, 0, laid.width, laid.height)
    return [item for item in laid.items if not screen.contains(_rect(item))]


def overlapping(laid: Page) -> list[tuple[str, str]]:
    """Pairs of lines whose ink touches."""
    inked = [(words.text, ink(words)) for words in lines(laid)]
    return [(one, other) for (one, here), (other, there) in combinations(inked, 2) if here.colliderect(there)]


def on_a_picture(laid: Page) -> list[str]:
    """Lines that lie on a picture or an arrow, where nobody could read them."""
    solid = [_rect(item) for item in laid.items if isinstance(item, Photo | Shape)]
    return [words.text for words in lines(laid) if ink(words).collidelist(solid) >= 0]


def _rect(item: Words | Block | Shape | Photo) -> pygame.Rect:
    match item:
        case Words():
            return ink(item)
        case Shape():
            xs, ys = zip(*item.points, strict=True)
            return pygame.Rect(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))
        case Block() | Photo():
            return pygame.Rect(item.x, item.y, item.width, item.height)
